// No library at all: one subscription as server-sent events, read off `fetch`.
export function connect({ http, token }) {
  const post = async (query, variables, accept, signal) =>
    fetch(http, {
      method: "POST",
      signal,
      headers: {
        accept,
        "content-type": "application/json",
        authorization: `Bearer ${await token()}`,
      },
      body: JSON.stringify({ query, variables }),
    });
  const listen = async (query, variables, onNext, signal) => {
    const response = await post(query, variables, "text/event-stream", signal);
    let rest = "";
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      const events = (rest + piece).split("\r\n\r\n");
      rest = events.pop();
      for (const event of events.filter((each) => each.startsWith("event: next"))) {
        onNext(JSON.parse(event.slice(event.indexOf("data: ") + 6)).data);
      }
    }
  };
  return {
    async ask(query, variables) {
      const response = await post(query, variables, "application/graphql-response+json");
      const { data, errors } = await response.json();
      if (errors) throw new AggregateError(errors);
      return data;
    },
    follow(query, variables, onNext, onError) {
      const stop = new AbortController();
      listen(query, variables, onNext, stop.signal).catch(
        (error) => stop.signal.aborted || onError(error),
      );
      return () => stop.abort();
    },
    close: () => {},
  };
}
