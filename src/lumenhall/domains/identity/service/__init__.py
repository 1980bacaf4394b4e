"""What can be done in identity, named by verb."""

from lumenhall.domains.identity.service.accounts import (
    add_account,
    create_admin,
    first_run,
    hash_new_password,
    sign_up,
)
from lumenhall.domains.identity.service.attempts import (
    JOIN_PER_ADDRESS,
    RESET_PER_ADDRESS,
    count_knock,
)
from lumenhall.domains.identity.service.audit import record_audit
from lumenhall.domains.identity.service.invitations import (
    accept_invitation,
    create_invitation,
    page_of_invitations,
    preview_invitation,
    revoke_invitation,
)
from lumenhall.domains.identity.service.members import (
    change_role,
    disable_member,
    enable_member,
    set_upload_limit,
)
from lumenhall.domains.identity.service.password_resets import (
    change_password,
    mail_reset_link,
    make_reset_link,
    use_reset_link,
)
from lumenhall.domains.identity.service.passwords import hash_password
from lumenhall.domains.identity.service.pictures import (
    logo_key,
    person_key,
    read_picture,
    remove_logo,
    remove_picture,
    set_logo,
    set_picture,
)
from lumenhall.domains.identity.service.profile import change_profile, describe_me
from lumenhall.domains.identity.service.relations import block, follow, unblock, unfollow
from lumenhall.domains.identity.service.sessions import (
    NOTED_EVERY,
    SESSION_LIFE,
    Device,
    SignedIn,
    end_session,
    note_use,
    sign_in,
)
from lumenhall.domains.identity.service.site import change_options, describe_site
from lumenhall.domains.identity.service.tokens import create_token, revoke_token

__all__ = [
    "JOIN_PER_ADDRESS",
    "NOTED_EVERY",
    "RESET_PER_ADDRESS",
    "SESSION_LIFE",
    "Device",
    "SignedIn",
    "accept_invitation",
    "add_account",
    "block",
    "change_options",
    "change_password",
    "change_profile",
    "change_role",
    "count_knock",
    "create_admin",
    "create_invitation",
    "create_token",
    "describe_me",
    "describe_site",
    "disable_member",
    "enable_member",
    "end_session",
    "first_run",
    "follow",
    "hash_new_password",
    "hash_password",
    "logo_key",
    "mail_reset_link",
    "make_reset_link",
    "note_use",
    "page_of_invitations",
    "person_key",
    "preview_invitation",
    "read_picture",
    "record_audit",
    "remove_logo",
    "remove_picture",
    "revoke_invitation",
    "revoke_token",
    "set_logo",
    "set_picture",
    "set_upload_limit",
    "sign_in",
    "sign_up",
    "unblock",
    "unfollow",
    "use_reset_link",
]
