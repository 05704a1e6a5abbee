"""Every door that changes something, with its lock."""

from typing import Any
from uuid import UUID

import strawberry

import models
import resolvers.comment
import resolvers.invitation
import resolvers.membership
import resolvers.post
import resolvers.reaction
import resolvers.registration
import resolvers.resident
import resolvers.session
from schema.comment import Comment
from schema.door import Answer, change, exchange
from schema.guards import PUBLIC, RESIDENT
from schema.membership import Invitation, Membership
from schema.post import Post
from schema.reaction import Reactable
from schema.resident import NewInvitation, Resident, Session, Tokens

TOKENS = Answer("tokens", Tokens)
ACCOUNT = Answer("account", Resident, (models.Resident,))
SESSION = Answer("session", Session, (models.Session,))
MEMBERSHIP = Answer("membership", Membership, (models.Membership,))
NEW_INVITATION = Answer("invitation", NewInvitation)
INVITATION = Answer("invitation", Invitation, (models.InvitationCode,))
POST = Answer("post", Post, (models.Post,))
COMMENT = Answer("comment", Comment, (models.Comment,))
SUBJECT = Answer("subject", Reactable, (models.Post, models.Comment))
DELETED_ID = Answer("deleted_id", UUID)


@strawberry.type(description="What can be changed.")
class Mutation:
    """The writing page."""

    register: Any = exchange(resolvers.registration.register, lock=PUBLIC, answers=TOKENS)
    log_in: Any = exchange(resolvers.session.log_in, lock=PUBLIC, answers=TOKENS)
    refresh_session: Any = exchange(resolvers.session.refresh_session, lock=PUBLIC, answers=TOKENS)
    change_password: Any = exchange(
        resolvers.resident.change_password, lock=RESIDENT, answers=ACCOUNT
    )
    log_out: Any = change(resolvers.session.log_out, lock=RESIDENT, answers=SESSION)
    revoke_session: Any = change(resolvers.session.revoke_session, lock=RESIDENT, answers=SESSION)
    update_account: Any = change(resolvers.resident.update_account, lock=RESIDENT, answers=ACCOUNT)

    join_neighbourhood: Any = change(
        resolvers.registration.join_neighbourhood, lock=RESIDENT, answers=MEMBERSHIP
    )
    update_profile: Any = change(
        resolvers.membership.update_profile, lock=RESIDENT, answers=MEMBERSHIP
    )
    move_out: Any = change(resolvers.membership.move_out, lock=RESIDENT, answers=MEMBERSHIP)
    invite_housemate: Any = exchange(
        resolvers.invitation.invite_housemate, lock=RESIDENT, answers=NEW_INVITATION
    )
    revoke_invitation: Any = change(
        resolvers.invitation.revoke_invitation, lock=RESIDENT, answers=INVITATION
    )

    create_post: Any = change(resolvers.post.create_post, lock=RESIDENT, answers=POST)
    edit_post: Any = change(resolvers.post.edit_post, lock=RESIDENT, answers=POST)
    delete_post: Any = change(resolvers.post.delete_post, lock=RESIDENT, answers=DELETED_ID)
    mark_solved: Any = change(resolvers.post.mark_solved, lock=RESIDENT, answers=POST)
    add_comment: Any = change(resolvers.comment.add_comment, lock=RESIDENT, answers=COMMENT)
    edit_comment: Any = change(resolvers.comment.edit_comment, lock=RESIDENT, answers=COMMENT)
    delete_comment: Any = change(resolvers.comment.delete_comment, lock=RESIDENT, answers=COMMENT)
    react: Any = change(resolvers.reaction.react, lock=RESIDENT, answers=SUBJECT)
    unreact: Any = change(resolvers.reaction.unreact, lock=RESIDENT, answers=SUBJECT)
