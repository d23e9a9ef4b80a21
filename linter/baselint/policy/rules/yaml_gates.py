"""The pages of the gates on the text of a file: its size, its encoding and its YAML."""

from baselint.policy.rules.gate import Gate

YAML_GATES: tuple[Gate, ...] = (
    Gate(
        "duplicate-key",
        """\
A key stands once in a mapping.

YAML readers disagree on which of two equal keys counts, so two tools could judge by two values. Keep one.

Bad:

```yaml
controls:
  - id: password-minimum-length
    parameters:
      minimum: 14
      minimum: 20
```

Good:

```yaml
controls:
  - id: password-minimum-length
    parameters:
      minimum: 20
```
""",
    ),
    Gate(
        "empty-file",
        """\
A policy file says something.

An empty file is mostly a save or a merge that went wrong, and what it held is not judged any more. Fill it, or delete it.

Bad:

```yaml
# to be written
```

Good:

```yaml
kind: baseline
id: acme
title: Accounts of Acme
version: "1.0.0"
owner: security team
controls:
  - id: root-mfa
```
""",
    ),
    Gate(
        "too-deep",
        """\
Values are nested at most 64 levels deep.

No policy needs more than ten. A file that goes deeper is damaged, or was made to bring a reader down; look for brackets that
were never closed.
""",
    ),
    Gate(
        "too-large",
        """\
A policy file stays within 1 MiB and 100,000 values.

The largest control has a few hundred lines. A bigger file is mostly another one under the wrong name, such as an export; check
what it is, or split it.
""",
    ),
    Gate(
        "yaml-alias",
        """\
A policy file has no anchors and no aliases.

Whoever reviews a change must see the value where it holds; an alias hides it somewhere else in the file. A few lines of
aliases can also unfold to gigabytes. Write the value out.

Bad:

```yaml
owner: &team security team
approved: {by: *team, date: "2026-11-02"}
```

Good:

```yaml
owner: security team
approved: {by: security team, date: "2026-11-02"}
```
""",
    ),
    Gate(
        "yaml-directive",
        """\
A policy file has no YAML directives.

A line that starts with % tells a reader to read by other rules, so tools could see different values in one file. Remove it.

Bad:

```yaml
%YAML 1.1
---
kind: baseline
id: acme
title: Accounts of Acme
version: "1.0.0"
owner: security team
controls:
  - id: root-mfa
```

Good:

```yaml
kind: baseline
id: acme
title: Accounts of Acme
version: "1.0.0"
owner: security team
controls:
  - id: root-mfa
```
""",
    ),
    Gate(
        "yaml-encoding",
        """\
A policy file is UTF-8 text without control characters.

Some characters are invisible, and some start a new line for one tool and not for another, so a review could miss what the
file says. Editors that save as UTF-16 make a file that most tools cannot read. Save it as UTF-8, and remove the character
that the message names.
""",
    ),
    Gate(
        "yaml-key",
        """\
Every key is a text.

A list or a mapping as a key, or no key at all in front of a colon, is nearly always a slip: a template that was not filled in,
or a lost word. Write the key or the value that was meant.

Bad:

```yaml
controls:
  - id: password-minimum-length
    parameters:
      minimum: {{ length }}
```

Good:

```yaml
controls:
  - id: password-minimum-length
    parameters:
      minimum: 20
```
""",
    ),
    Gate(
        "yaml-merge-key",
        """\
A policy file has no merge keys.

With `<<` the value that counts depends on what else stands in the mapping, and on who reads it. Write the keys out.

Bad:

```yaml
controls:
  - id: password-minimum-length
    parameters:
      <<: {minimum: 20}
```

Good:

```yaml
controls:
  - id: password-minimum-length
    parameters:
      minimum: 20
```
""",
    ),
    Gate(
        "yaml-second-document",
        """\
A file holds one document.

What stands below a line of `---` is a document of its own, which most tools pass over in silence. Make it a file of its own, or
remove the line.

Bad:

```yaml
owner: security team
---
description: For all accounts with customer data.
```

Good:

```yaml
owner: security team
description: For all accounts with customer data.
```
""",
    ),
    Gate(
        "yaml-syntax",
        """\
A policy file is YAML.

The message names the first place that cannot be read; the slip may stand a line above it. Look at the indentation, at quotes
that are not closed, and at texts that hold a colon with a space, or a #: put those in quotes.

Bad:

```yaml
title: Production: accounts with customers
```

Good:

```yaml
title: "Production: accounts with customers"
```
""",
    ),
    Gate(
        "yaml-tag",
        """\
A policy file has no tags.

A tag such as `!!str` says how to read a value, and there are tags that make a careless reader run code. Remove it; put in quotes
what shall be a text.

Bad:

```yaml
version: !!str 1.10
```

Good:

```yaml
version: "1.10"
```
""",
    ),
)
