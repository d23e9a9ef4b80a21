"""Which values fit a parameter, at the very edges."""

from hypothesis import given, settings
from hypothesis import strategies as st

from baselint.model import Parameter, ParameterType
from baselint.policy.parameters import value_mistake

BOUND = st.none() | st.integers(-5, 5)


@given(value=st.integers(-7, 7), low=BOUND, high=BOUND)
@settings(max_examples=200, deadline=None)
def test_a_number_fits_from_its_minimum_through_its_maximum(value: int, low: int | None, high: int | None) -> None:
    parameter = Parameter("p", "P", ParameterType.INTEGER, None, minimum=low, maximum=high)
    allowed = {number for number in range(-7, 8) if low is None or number >= low}
    allowed -= {number for number in range(-7, 8) if high is not None and number > high}
    assert (value_mistake(parameter, value) is None) is (value in allowed)


@given(kind=st.sampled_from(ParameterType), value=st.booleans() | st.integers() | st.text() | st.just(("a",)))
@settings(max_examples=200, deadline=None)
def test_a_value_fits_exactly_one_family_of_types(kind: ParameterType, value: object) -> None:
    families = {
        bool: {ParameterType.BOOLEAN},
        int: {ParameterType.INTEGER},
        str: {ParameterType.TEXT, ParameterType.CHOICE},
        tuple: {ParameterType.LIST},
    }
    choices = (value,) if isinstance(value, str) else ()
    found = value_mistake(Parameter("p", "P", kind, None, choices=choices), value)  # type: ignore[arg-type]
    assert (found is None) is (kind in families[type(value)])
    assert found is None or found.startswith("'p' must be ")


def test_not_asked_fits_every_parameter() -> None:
    for kind in ParameterType:
        assert value_mistake(Parameter("p", "P", kind, None, minimum=1), None) is None
