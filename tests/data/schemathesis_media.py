"""Lets schemathesis send bytes under the media type of a sync round."""

import schemathesis

schemathesis.serializer.alias("application/x-daiban-sync", "application/octet-stream")
