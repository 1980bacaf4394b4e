"""The provider `cloudflare`: videos that lie at Cloudflare Stream, or at what speaks its API.

Bytes go from the browser straight to Stream and from Stream straight to the browser; this
package says how Stream is asked, what its reports mean, and how viewers are let in. What is
noted of a remote video, and when it is looked at or deleted, is in `service/remote.py`.
`api`, `tokens` and `delivery` load the SDK and what signs, so only processes in which the
provider is on import them: through `account.connect` and `account.delivery`.
"""
