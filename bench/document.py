"""What is asked of the servers: the documents, and the bodies of the requests."""

import orjson

FEED_PAGE = """
query ($id: ID!) {
  neighbourhood(id: $id) {
    name
    feed(first: 20) {
      nodes {
        id kind title body commentCount
        author { displayName street }
        reactions { kind count }
        myReaction
        comments(last: 3) { nodes { body author { displayName } } }
      }
      pageInfo { endCursor hasNextPage }
    }
  }
}
"""
VIEWER = "{ viewer { id email language } }"
CREATE_POST = "mutation ($input: CreatePostInput!) { createPost(input: $input) { post { id } } }"
FEED_EVENTS = """
subscription ($id: ID!) {
  feedEvents(neighbourhoodId: $id) {
    __typename cursor id at
    ... on PostPublished { post { id kind title body author { displayName street } } }
  }
}
"""
WORDS = "Wie kan er zaterdag helpen om de bladeren op het plein te ruimen? Koffie om tien uur."


def body(document: str, **variables: object) -> bytes:
    """A request for a document with its variables."""
    return orjson.dumps({"query": document, "variables": variables})


def new_post(neighbourhood_id: str) -> bytes:
    """A request that publishes a message of usual length."""
    given = {"neighbourhoodId": neighbourhood_id, "kind": "MESSAGE", "body": WORDS}
    return body(CREATE_POST, input=given)
