"""Takes Amazon Resource Names apart."""

import re
from dataclasses import dataclass

_ARN = re.compile(
    r"arn:(?P<partition>aws[a-z-]{0,20}):[a-z0-9-]{0,40}:[a-z0-9-]{0,30}:(?P<account>[0-9]{12}):(?P<resource>\S+)\Z"
)


@dataclass(frozen=True, slots=True)
class Arn:
    """The parts of an ARN that say whose it is."""

    partition: str
    account: str
    resource: str

    @property
    def is_root(self) -> bool:
        """Tell whether it names the root user of an account."""
        return self.resource == "root"

    @property
    def is_user(self) -> bool:
        """Tell whether it names an IAM user."""
        return self.resource.startswith("user/")


def parse_arn(text: object) -> Arn | None:
    """Return the parts of an ARN that holds an account id, or None."""
    found = _ARN.match(text) if isinstance(text, str) else None
    return Arn(found["partition"], found["account"], found["resource"]) if found else None
