"""The catalogue of codes: every word that an error or a refusal may carry, with a sentence each."""

from enum import StrEnum


class Code(StrEnum):
    """What `extensions.code` of an error, or `code` of a refusal in a payload, may say."""

    NOT_FOUND = "NOT_FOUND"
    FORBIDDEN = "FORBIDDEN"
    INVALID = "INVALID"
    TOO_LONG = "TOO_LONG"
    CONFLICT = "CONFLICT"
    LOGIN_REFUSED = "LOGIN_REFUSED"
    REGISTRATION_REFUSED = "REGISTRATION_REFUSED"
    INVITATION_REFUSED = "INVITATION_REFUSED"
    SESSION_ENDED = "SESSION_ENDED"

    UNAUTHENTICATED = "UNAUTHENTICATED"
    RATE_LIMITED = "RATE_LIMITED"
    TOO_COMPLEX = "TOO_COMPLEX"
    RETRY = "RETRY"
    BUSY = "BUSY"
    INTERNAL = "INTERNAL"

    UNREADABLE_DOCUMENT = "UNREADABLE_DOCUMENT"
    INVALID_DOCUMENT = "INVALID_DOCUMENT"
    INVALID_VARIABLES = "INVALID_VARIABLES"
    UNKNOWN_OPERATION = "UNKNOWN_OPERATION"
    INTROSPECTION_OFF = "INTROSPECTION_OFF"
    DOCUMENT_NOT_TRUSTED = "DOCUMENT_NOT_TRUSTED"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    PERSISTED_QUERY_MISMATCH = "PERSISTED_QUERY_MISMATCH"

    BAD_REQUEST = "BAD_REQUEST"
    NO_BATCHES = "NO_BATCHES"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    TOO_LARGE = "TOO_LARGE"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    WRONG_HOST = "WRONG_HOST"


# the sentence of each, and the status of a request that is refused as a whole for it
CATALOGUE: dict[Code, tuple[str, int]] = {
    Code.NOT_FOUND: ("There is no such thing, or none that the viewer may see.", 200),
    Code.FORBIDDEN: ("This may be seen but not done, or the scope is missing.", 200),
    Code.INVALID: ("What was given cannot be used; `field` names it.", 200),
    Code.TOO_LONG: ("What was given is longer than may be.", 200),
    Code.CONFLICT: ("Something that was done before, or just now, stands in the way.", 200),
    Code.LOGIN_REFUSED: ("The e-mail address and the password do not fit.", 200),
    Code.REGISTRATION_REFUSED: ("The code, or the e-mail address with it, opens nothing.", 200),
    Code.INVITATION_REFUSED: ("The code opens nothing for this viewer.", 200),
    Code.SESSION_ENDED: ("The session is over: sign in again.", 200),
    Code.UNAUTHENTICATED: ("Sign in first.", 200),
    Code.RATE_LIMITED: ("Too often: try again after `retryAfter` seconds.", 429),
    Code.TOO_COMPLEX: ("The operation is larger than may be; `limit` says in what.", 400),
    Code.RETRY: ("This could not be finished now; the same request may go well later.", 503),
    Code.BUSY: ("The server has too much of this to do; try again in a moment.", 503),
    Code.INTERNAL: ("Something went wrong inside; `requestId` finds it in the log.", 500),
    Code.UNREADABLE_DOCUMENT: ("The document is no GraphQL.", 400),
    Code.INVALID_DOCUMENT: ("The document does not fit the schema.", 400),
    Code.INVALID_VARIABLES: ("The variables do not fit the document.", 400),
    Code.UNKNOWN_OPERATION: ("The document has no such operation, or several and no name.", 400),
    Code.INTROSPECTION_OFF: ("This server does not tell its schema; it is published.", 400),
    Code.DOCUMENT_NOT_TRUSTED: ("This server runs only the documents that it knows.", 400),
    Code.PERSISTED_QUERY_NOT_FOUND: ("No document is known by this hash: send it along.", 400),
    Code.PERSISTED_QUERY_MISMATCH: ("The hash is not that of the document.", 400),
    Code.BAD_REQUEST: ("The request is no GraphQL request.", 400),
    Code.NO_BATCHES: ("One request at a time: lists of requests are not taken.", 400),
    Code.METHOD_NOT_ALLOWED: ("GET and POST only, and GET for queries only.", 405),
    Code.NOT_ACCEPTABLE: ("None of the media types that the client takes fits the answer.", 406),
    Code.TOO_LARGE: ("The body has more than 256 KiB.", 413),
    Code.UNSUPPORTED_MEDIA_TYPE: ("The body has to be plain application/json in UTF-8.", 415),
    Code.WRONG_HOST: ("This server does not go by that name.", 400),
}
