"""People: who they are, how they come in, what they may do.

An account is made by the first-run page, an invitation, open sign-up or the command line.
Whoever asks is known by a session cookie or an API token; both are rows that are read on
every request, so disabling an account, changing a role or ending a session takes effect at
once. Of passwords, cookies, links and tokens only hashes are stored. Argon2id never runs
inside a transaction that writes. `policy.Actor` is who asks; every domain's rules take it.
What admins do is written to the audit log.
"""
