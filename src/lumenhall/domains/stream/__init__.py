"""Stream videos: media for programs that speak the API of Cloudflare Stream (PRODUCT 9).

A stream video is a media asset of ours with what that API says of it besides: its uid, the
account it belongs to, who may embed it, when it is deleted. An account is any name; it belongs
to the member who used it first. This domain keeps accounts, videos, signing keys and webhooks,
copies videos from elsewhere, and tells other sites when a video has reached its end. Addresses,
envelopes and delivery are the business of `surfaces/stream_api`.
"""
