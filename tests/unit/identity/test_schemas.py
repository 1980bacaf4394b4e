"""What people may send."""

import pytest
from pydantic import ValidationError

from lumenhall.domains.identity.schemas import NewAccount, NewInvitation, ProfileChange, SignIn


@pytest.mark.parametrize(
    "change",
    [
        {"username": "ab"},
        {"username": "a" * 31},
        {"username": "ann lee"},
        {"username": "año"},
        {"username": "an\nn"},
        {"email": "nowhere"},
        {"email": "a b@example.org"},
        {"email": "a@@example.org"},
        {"email": "a@example.org\nBcc: x@example.org"},
        {"email": "ünï@example.org"},
        {"email": f"a@{'x' * 260}.org"},
        {"display_name": "   "},
        {"display_name": "x" * 61},
        {"bio": "x" * 501},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "../../etc/passwd"},
        {"time_zone": "America"},
        {"language": "de"},
        {"theme": "pink"},
    ],
)
def test_what_is_not_valid_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as caught:
        ProfileChange.model_validate(change)
    assert [error["loc"][0] for error in caught.value.errors()] == list(change)


@pytest.mark.parametrize("username", ["abc", "a_b.c-d", "x" * 30, "007"])
def test_usernames_of_3_to_30_signs_are_taken(username: str) -> None:
    assert ProfileChange(username=username).username == username


def test_names_and_addresses_are_tidied_and_passwords_are_left_as_they_were_typed() -> None:
    account = NewAccount(
        username=" Ann.Lee ",
        email=" Ann@Example.ORG ",
        display_name="Ann \t\n Lee",
        password="  ten blanks around  ",
    )
    assert account.username == "ann.lee"
    assert account.email == "ann@example.org"
    assert account.display_name == "Ann Lee"
    assert account.password == "  ten blanks around  "


@pytest.mark.parametrize(
    ("password", "taken"), [("x" * 9, 0), ("x" * 10, 1), ("x" * 200, 1), ("x" * 201, 0)]
)
def test_passwords_have_10_to_200_characters(password: str, taken: int) -> None:
    form = {"username": "ann", "email": "a@b.org", "display_name": "A", "password": password}
    if taken:
        NewAccount.model_validate(form)
    else:
        with pytest.raises(ValidationError):
            NewAccount.model_validate(form)


def test_a_login_is_read_like_a_username() -> None:
    assert SignIn(login=" ANN ", password=" p ").login == "ann"


@pytest.mark.parametrize("uses", [0, -1, 1001])
def test_an_invitation_has_a_sensible_number_of_uses(uses: int) -> None:
    with pytest.raises(ValidationError):
        NewInvitation(max_uses=uses)
