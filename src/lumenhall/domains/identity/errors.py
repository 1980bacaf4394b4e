"""What identity refuses."""

from lumenhall.platform.errors import (
    Conflict,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    TooManyRequests,
    Unauthenticated,
)


class FirstRunDone(Conflict):
    code = "first_run_done"
    title = "This site has been set up already. Please sign in."


class SignInFailed(Unauthenticated):
    code = "sign_in_failed"
    title = "The name or the password is not right."


class AccountDisabled(Forbidden):
    code = "account_disabled"
    title = "This account has been disabled. Please ask an admin."


class TooManySignIns(TooManyRequests):
    code = "too_many_sign_ins"
    title = "Too many attempts to sign in. Please wait a little."


class SessionRequired(Forbidden):
    code = "session_required"
    title = "This can't be done with an API token. Please sign in on the page."


class ScopeMissing(Forbidden):
    """Carries `scopes`: each of them would have been enough."""

    code = "scope_missing"
    title = "This API token does not allow that."


class AdminsOnly(Forbidden):
    code = "admins_only"
    title = "Only admins may do this."


class ModeratorsOnly(Forbidden):
    code = "moderators_only"
    title = "Only admins and moderators may do this."


class AccountInvalid(Invalid):
    code = "account_invalid"
    title = "There can't be an account like this."


class UsernameTaken(Conflict):
    """Carries `field`."""

    code = "username_taken"
    title = "Somebody has this name already."


class EmailTaken(Conflict):
    """Carries `field`."""

    code = "email_taken"
    title = "There is an account with this e-mail address already."


class PasswordTooCommon(Invalid):
    """Carries `field`."""

    code = "password_too_common"
    title = "This password is among the first that others would try. Please choose another one."


class PasswordWrong(Forbidden):
    code = "password_wrong"
    title = "Your current password is not right."


class PasswordResetUnknown(NotFound):
    code = "password_reset_unknown"
    title = "This link is not valid any more. Please ask for a new one."


class JoiningClosed(Forbidden):
    code = "joining_closed"
    title = "This community takes no new members at the moment."


class SignUpByInvitation(Forbidden):
    code = "sign_up_by_invitation"
    title = "You need an invitation to join this community."


class InvitationUnknown(NotFound):
    code = "invitation_unknown"
    title = "There is no such invitation."


class InvitationExpired(Gone):
    code = "invitation_expired"
    title = "This invitation has expired. Please ask for a new one."


class InvitationUsed(Gone):
    code = "invitation_used"
    title = "This invitation has been used already. Please ask for a new one."


class InvitationRevoked(Gone):
    code = "invitation_revoked"
    title = "This invitation was taken back."


class InvitationForOther(Forbidden):
    code = "invitation_for_other"
    title = "This invitation was made for another e-mail address."


class InvitingNotAllowed(Forbidden):
    code = "inviting_not_allowed"
    title = "You may not invite people here."


class InvitationBudgetSpent(Conflict):
    """Carries `budget` and `remaining`, in places."""

    code = "invitation_budget_spent"
    title = "You have no invitations left."


class PictureUnknown(NotFound):
    code = "picture_unknown"
    title = "There is no picture."


class PersonUnknown(NotFound):
    code = "person_unknown"
    title = "There is no such person."


class SessionUnknown(NotFound):
    code = "session_unknown"
    title = "There is no such session."


class TokenUnknown(NotFound):
    code = "token_unknown"
    title = "There is no such API token."


class TooManyTokens(Conflict):
    """Carries `limit`."""

    code = "too_many_tokens"
    title = "You have as many API tokens as one person may have. Please revoke one first."


class LastAdmin(Conflict):
    code = "last_admin"
    title = "This is the last active admin. Please make somebody else an admin first."


class NotWithYourself(Invalid):
    code = "not_with_yourself"
    title = "That is you."


class PersonBlocked(Forbidden):
    code = "person_blocked"
    title = "One of you has blocked the other."
