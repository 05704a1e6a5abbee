// Tries a client of docs/clients on a running server: it asks, follows, writes, and hears of it.
import { WebSocket } from "ws";

const [snippet, http, ws, bearer, id] = process.argv.slice(2);
const { connect } = await import(snippet);
const client = connect({ http, ws, token: async () => bearer, webSocketImpl: WebSocket });

const HOME = `query Home($id: ID!) { neighbourhood(id: $id) { __typename id name } }`;
const FEED = `subscription Feed($id: ID!) {
  feedEvents(neighbourhoodId: $id) {
    __typename
    ... on PostPublished { post { __typename id body } }
  }
}`;
const WRITE = `mutation Write($input: CreatePostInput!) {
  createPost(input: $input) { __typename post { __typename id body } errors { __typename code } }
}`;

const home = await client.ask(HOME, { id });
const heard = [];
let written;
await new Promise((resolve, reject) => {
  const stop = client.follow(FEED, { id }, async ({ feedEvents }) => {
    heard.push(feedEvents);
    if (heard.length === 1) {
      const input = { neighbourhoodId: id, kind: "MESSAGE", body: "Koffie om vier uur?" };
      written = client.ask(WRITE, { input }).catch(reject);
    }
    if (feedEvents.__typename === "PostPublished") resolve(stop());
  }, reject);
});
const answer = await written;
client.close();
console.log(JSON.stringify({ home, written: answer, heard }));
process.exit(0);
