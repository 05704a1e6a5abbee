"""What is said to or by an organisation: a reply under an announcement, an answer to a share."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import models


@dataclass(slots=True)
class Reply:
    """The columns of a comment; without author it is an organisation's. `at` is when (ms)."""

    id: UUID
    created_at: datetime
    neighbourhood_id: UUID
    post_id: UUID
    parent_id: UUID | None
    author_id: UUID | None
    organisation_id: UUID | None
    announcer_id: UUID | None
    audience: models.Audience
    body: str
    at: int
    reply_count: int = 0
    thanks_count: int = 0
    like_count: int = 0
    care_count: int = 0
    clap_count: int = 0
    sad_count: int = 0
