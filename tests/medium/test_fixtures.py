"""The parts that other tests stand on are real."""

import boto3
import redis
from sqlalchemy import text

from lumenhall.platform.db import Database
from tests.fixtures.services import S3


async def test_a_database_is_migrated(database: Database) -> None:
    async with database.read() as session:
        versions = (await session.execute(text("SELECT version_num FROM alembic_version"))).all()
    assert len(versions) == 1


def test_redis_answers(redis_url: str) -> None:
    client = redis.Redis.from_url(redis_url)
    assert client.ping()
    client.close()


def test_a_bucket_takes_an_object(s3: S3) -> None:
    client = boto3.client(
        "s3",
        endpoint_url=s3.endpoint,
        region_name=s3.region,
        aws_access_key_id=s3.access_key,
        aws_secret_access_key=s3.secret_key,
    )
    client.put_object(Bucket=s3.bucket, Key="a", Body=b"b")
    assert client.get_object(Bucket=s3.bucket, Key="a")["Body"].read() == b"b"
    client.close()
