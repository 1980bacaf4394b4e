"""The settings of the operator; `docs/reference/settings.md` is generated from them."""

import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

GIB = 1024**3


class Settings(BaseSettings):
    """Every setting, its default and what it means."""

    model_config = SettingsConfigDict(
        env_prefix="LUMENHALL_", env_file=".env", extra="ignore", frozen=True
    )

    data_path: Path = Field(Path("data"), description="Folder for everything that is kept.")
    database_url: str = Field(
        "",
        description="SQLite or PostgreSQL address. Empty: lumenhall.sqlite in the data folder.",
    )
    redis_url: str = Field(
        "",
        description="Redis address, needed only when several processes serve the pages.",
    )
    storage_url: str = Field(
        "",
        description=(
            "An S3-compatible store: `s3://bucket/prefix?endpoint=…&region=…&public_endpoint=…`. "
            "All three are optional: `endpoint` is the store's address (Amazon's if it is left "
            "out), `region` is us-east-1 unless named, `public_endpoint` is where browsers reach "
            "the store if that is another address. Empty: `media` in the data folder."
        ),
    )
    temp_path: Path | None = Field(
        None,
        description="Folder for uploads under way. Empty: `tmp` in the data folder.",
    )
    base_url: str = Field(
        "http://localhost:8000",
        description="The address people open; links and origin check.",
    )
    host: str = Field("127.0.0.1", description="Network address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on.")
    secret_key: SecretStr = Field(
        SecretStr(""),
        description="Signs playback addresses. Empty: one is made and kept in the data folder; "
        "set it when several machines serve the same community.",
    )
    trusted_proxies: str = Field(
        "",
        description="Addresses of reverse proxies whose X-Forwarded-For is believed.",
    )
    ffmpeg_path: Path | None = Field(
        None,
        description="The ffmpeg to use, ffprobe beside it. Empty: one is found.",
    )
    video_processing_timeout: int = Field(
        300,
        ge=300,
        description="Seconds that processing may take at least; the limit grows with the video.",
    )
    worker_concurrency: int = Field(
        1, ge=1, le=64, description="Videos encoded at once by one worker."
    )
    smtp_url: SecretStr = Field(
        SecretStr(""),
        description="`smtp://user:password@host:587`. Empty means links are shown to the admin.",
    )
    mail_from: str = Field("lumenhall@localhost", description="Sender of mails.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="How much is logged."
    )
    log_format: Literal["text", "json"] = Field("text", description="How log lines look.")
    disk_reserve_bytes: int = Field(
        2 * GIB, ge=0, description="Free disk space that uploads may never use up."
    )

    stream_delivery_url: str = Field(
        "",
        description="Where the Stream API says its videos are played. Empty: the base address.",
    )
    stream_allow_private_addresses: bool = Field(
        False,
        description="Let the Stream API copy from, and tell, sites on private networks.",
    )
    stream_basic_upload_bytes: int = Field(
        200 * 1024**2,
        gt=0,
        description="The largest file that the Stream API takes in one piece, without tus.",
    )
    stream_copy_seconds: int = Field(
        6 * 3600, gt=0, description="How long the Stream API may take to copy one video."
    )
    stream_most_in_work: int = Field(
        120, gt=0, description="Videos of one Stream API account that may wait to be processed."
    )
    stream_calls_per_five_minutes: int = Field(
        1200, gt=0, description="Calls of the Stream API that one token may make in five minutes."
    )
    stream_token_hours: int = Field(
        24, gt=0, description="For how long a token for a private video may be good."
    )

    cloudflare_account_id: str = Field(
        "",
        description="Account at Cloudflare Stream that holds course videos. Empty: they are kept "
        "here. `lumenhall cloudflare setup` writes the lines that must follow.",
    )
    cloudflare_api_token: SecretStr = Field(
        SecretStr(""), description="API token of that account, with the right to edit Stream."
    )
    cloudflare_signing_key_id: str = Field(
        "", description="Id of the key that signs playback of private videos."
    )
    cloudflare_signing_key: SecretStr = Field(
        SecretStr(""), description="That key as Stream hands it out: PEM in base64."
    )
    cloudflare_webhook_secret: SecretStr = Field(
        SecretStr(""),
        description="Secret of the webhook to `/api/webhooks/cloudflare`. Empty: Stream is asked "
        "instead, so what it has done is seen a little later.",
    )
    cloudflare_base_url: str = Field(
        "https://api.cloudflare.com/client/v4",
        description="Where the API is; another Lumenhall has it at `/client/v4`.",
    )
    cloudflare_delivery_url: str = Field(
        "",
        description="Where videos are played from if neither Cloudflare's own addresses nor the "
        "origin of the API.",
    )
    cloudflare_max_duration_seconds: int = Field(
        14400,
        ge=1,
        le=36000,
        description="Longest video, reserved at Stream until the upload ends.",
    )

    accepted_video_formats: str = Field(
        "mp4,mov,avi,mkv,webm",
        description="First value of the site option: accepted containers.",
    )
    max_file_size_bytes: int = Field(
        2 * GIB, gt=0, description="First value of the site option: largest upload."
    )
    weekly_upload_limit_bytes: int = Field(
        4 * GIB,
        ge=0,
        description="First value of the site option: upload quota per member and week.",
    )
    quota_reset_day: int = Field(
        0,
        ge=0,
        le=6,
        description="First value of the site option: day the week starts, 0 is Sunday.",
    )
    quota_reset_hour: int = Field(
        0,
        ge=0,
        le=23,
        description="First value of the site option: hour the week starts.",
    )
    quota_reset_timezone: str = Field(
        "UTC", description="First value of the site option: time zone of the reset."
    )

    @property
    def database_address(self) -> str:
        """The address of the database, with the default filled in."""
        return self.database_url or f"sqlite:///{self.data_path.absolute()}/lumenhall.sqlite"

    @property
    def temp_folder(self) -> Path:
        """The folder for uploads under way and scratch files, with the default filled in."""
        return self.temp_path or self.data_path / "tmp"

    @property
    def delivery_origin(self) -> str:
        """Where the Stream API's videos are played, with the default filled in."""
        return (self.stream_delivery_url or self.base_url).rstrip("/")

    def signing_key(self) -> bytes:
        """Return the key that signs playback addresses, made and kept on first use."""
        if given := self.secret_key.get_secret_value():
            return given.encode()
        self.data_path.mkdir(parents=True, exist_ok=True)
        path = self.data_path / "secret_key"
        if not path.exists():
            # Linking a finished file lets one of several processes that start at once win.
            draft = path.with_name(f"secret_key.{secrets.token_hex(8)}")
            draft.touch(0o600)
            draft.write_text(secrets.token_urlsafe(48))
            with suppress(FileExistsError):
                path.hardlink_to(draft)
            draft.unlink()
        return path.read_bytes()


@lru_cache
def get_settings() -> Settings:
    """Return the settings of this process."""
    return Settings()
