"""The objects of a bucket, by boto3: the few calls that every S3-compatible storage has.

The keys come from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN), never from an address.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from scripts.french import publishing as french
from scripts.publishing.errors import PublishingError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MISSING: Final = {"404", "NoSuchKey", "NotFound"}
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a web server says of an object."""

    content_type: str
    cache: str


class Storage:
    """One bucket. Every method raises PublishingError where the storage refuses or does not answer."""

    def __init__(
        self, bucket: str, *, endpoint: str | None, region: str | None, environment: Mapping[str, str]
    ) -> None:
        self.bucket = bucket
        self._client, self._errors = _client(endpoint, region, environment)

    def beside(self, bucket: str) -> Storage:
        """Another bucket of the same account, over the same connections."""
        other = copy(self)
        other.bucket = bucket
        return other

    def get(self, key: str) -> bytes | None:
        """The content of an object; None where there is none."""

        def read() -> bytes | None:
            content: bytes = self._client.get_object(Bucket=self.bucket, Key=key)["Body"].read()
            return content

        return self._ask(read, missing=None)

    def put(self, key: str, content: bytes, kind: Kind) -> None:
        """Write an object; readers see the old one or the new one, whole."""
        self._ask(
            lambda: self._client.put_object(
                Bucket=self.bucket, Key=key, Body=content, ContentType=kind.content_type, CacheControl=kind.cache
            )
        )

    def copy(self, source: str, source_bucket: str, key: str, kind: Kind) -> None:
        """Write an object with the content of another, which does not travel."""
        self._ask(
            lambda: self._client.copy_object(
                Bucket=self.bucket,
                Key=key,
                CopySource={"Bucket": source_bucket, "Key": source},
                MetadataDirective="REPLACE",
                ContentType=kind.content_type,
                CacheControl=kind.cache,
            )
        )

    def delete(self, key: str) -> None:
        """Take an object away; it need not be there."""
        self._ask(lambda: self._client.delete_object(Bucket=self.bucket, Key=key))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _ask(self, call: Callable[[], _Result], **otherwise: _Result) -> _Result:
        try:
            return call()
        except self._errors as error:
            code = str(getattr(error, "response", {}).get("Error", {}).get("Code", ""))
            if otherwise and code in _MISSING:
                return otherwise["missing"]
            raise PublishingError(french.storage_failed(self.bucket, code or str(error))) from error


def _client(
    endpoint: str | None, region: str | None, environment: Mapping[str, str]
) -> tuple[Any, tuple[type[Exception], ...]]:
    try:
        from boto3.session import Session  # noqa: PLC0415  # only who publishes there has it installed
        from botocore.config import Config  # noqa: PLC0415
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415
    except ImportError as error:
        raise PublishingError(french.NO_BOTO3) from error
    session = Session(
        aws_access_key_id=environment.get("AWS_ACCESS_KEY_ID"),
        aws_secret_access_key=environment.get("AWS_SECRET_ACCESS_KEY"),
        aws_session_token=environment.get("AWS_SESSION_TOKEN"),
    )
    config = Config(
        connect_timeout=20,
        read_timeout=60,
        max_pool_connections=16,
        retries={"mode": "standard", "total_max_attempts": 4},
        s3={"addressing_style": "path"} if endpoint else None,
        # Newer checksums in trailers are AWS's own; storage of others refuses them.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    client = session.client("s3", endpoint_url=endpoint, region_name=region or "us-east-1", config=config)
    return client, (BotoCoreError, ClientError)
