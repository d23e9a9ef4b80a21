"""The pages of the gates on a file's kind, its place in the tree and its schema."""

from baselint.policy.kinds import PolicyKind
from baselint.policy.rules.gate import Gate

SCHEMA_GATES: tuple[Gate, ...] = (
    Gate(
        "bad-form",
        """\
Ids, dates, account ids, addresses and names have the form that the schema asks for.

A date in another order is another day, and an account id with dashes matches no account. The message shows an example.

Bad:

```yaml
applies_to:
  accounts: ["1111-2222-3333"]
```

Good:

```yaml
applies_to:
  accounts: ["111122223333"]
```
""",
    ),
    Gate(
        "duplicate-id",
        """\
An id names one file, over all kinds and over the library that ships with baselint.

`baselint explain` and the links of the runbook know a thing by its id alone, and a file of yours never replaces one of the
library in silence. Choose another id. To change the values of a shipped control, set them in a baseline.

Bad:

```yaml
# policies/baselines/root-mfa.yaml
id: root-mfa
```

Good:

```yaml
# policies/baselines/acme.yaml
id: acme
```
""",
    ),
    Gate(
        "empty-value",
        """\
A text or a list that is there is not empty.

Whoever reads an empty owner or an empty list of accounts cannot tell whether nobody was meant, or everybody. Fill it in, or
remove the key.

Bad:

```yaml
owner: ""
```

Good:

```yaml
owner: security team
```
""",
    ),
    Gate(
        "kind-first",
        """\
The first key of a policy file is `kind`.

It says by which schema the rest is read, for people as well as for tools. Move it to the top.

Bad:

```yaml
id: acme
kind: baseline
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
        "missing-key",
        """\
A key that the schema requires is there.

What is missing is mostly what an auditor asks for: an owner, a reason, a date. Some keys are needed only beside others: who
excludes a control says why. The message names the key and where it belongs.

Bad:

```yaml
extends: [aws-root-hardening]
controls:
  - id: password-symbols
    exclude: true
```

Good:

```yaml
extends: [aws-root-hardening]
controls:
  - id: password-symbols
    exclude: true
    reason: NIST SP 800-63B-4 forbids it.
```
""",
    ),
    Gate(
        "one-of-these-keys",
        """\
Of some keys exactly one is there.

A condition has one operator, and a check either expects something of the exports or asks a person. With two it would not be
clear which one decides. Keep one; two conditions stand in a list.

Bad:

```yaml
check:
  expect: {fact: password_policy.minimum_length, at_least: 14, at_most: 64}
```

Good:

```yaml
check:
  expect:
    - {fact: password_policy.minimum_length, at_least: 14}
    - {fact: password_policy.minimum_length, at_most: 64}
```
""",
        PolicyKind.CONTROL,
    ),
    Gate(
        "out-of-range",
        """\
A number lies in the range that the schema allows.

An attestation that holds for no day decides nothing, and no procedure takes less than one person. The message names the bound.

Bad:

```yaml
check:
  attest: {within_days: 0}
```

Good:

```yaml
check:
  attest: {within_days: 365}
```
""",
        PolicyKind.CONTROL,
    ),
    Gate(
        "schema",
        """\
A file fits the schema of its kind.

The schema has a condition for which there are no better words; the message names its keyword. `baselint schema` prints the
schema, with a description of every key.
""",
    ),
    Gate(
        "unknown-key",
        """\
A file holds only keys that the schema knows.

A misspelt key would be passed over: its values look set, and are not. Correct the word; the message lists those that may stand
there. Remarks belong in comments, or in `description` and `reason`.

Bad:

```yaml
controls:
  - id: password-minimum-length
    parameter: {minimum: 20}
```

Good:

```yaml
controls:
  - id: password-minimum-length
    parameters: {minimum: 20}
```
""",
    ),
    Gate(
        "value-not-allowed",
        """\
Where the schema lists the words that are allowed, one of them stands.

Reports filter and sort by these words, so one that nobody knows would fall through every filter. Take one that the message lists.

Bad:

```yaml
controls:
  - id: root-mfa
    severity: urgent
```

Good:

```yaml
controls:
  - id: root-mfa
    severity: critical
```
""",
    ),
    Gate(
        "wrong-folder",
        """\
A policy file lies in the folder of its kind.

baselint looks for baselines in `policies/baselines/` and for controls in `policies/controls/`. In another folder the file would
not be found by its id. Move it.

Bad:

```yaml
# policies/controls/acme.yaml
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
# policies/baselines/acme.yaml
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
        "wrong-length",
        """\
A text or a list is neither too long nor too short.

Titles fit into one line of a table, and a choice between alternatives needs two of them. The message names the bound.

Bad:

```yaml
requirements:
  - id: "1.5"
    title: The root user has MFA
    any_of:
      - controls: [{id: root-mfa}]
```

Good:

```yaml
requirements:
  - id: "1.5"
    title: The root user has MFA
    controls: [{id: root-mfa}]
```
""",
        PolicyKind.FRAMEWORK,
    ),
    Gate(
        "wrong-type",
        """\
A value has the type that the schema asks for.

Versions and ids are texts even where they look like numbers, and belong in quotes. Numbers stand without quotes, and yes or no
is written `true` or `false`. A key with nothing behind it is empty: fill it in, or remove it.

Bad:

```yaml
version: 2
```

Good:

```yaml
version: "2"
```
""",
    ),
)
