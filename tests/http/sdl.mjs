// What other people's tools say of our SDL: relay-compiler and graphql-codegen.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { codegen } from "@graphql-codegen/core";
import * as typescript from "@graphql-codegen/typescript";
import * as operations from "@graphql-codegen/typescript-operations";
import { buildSchema, parse } from "graphql";
import relay from "relay-compiler";

const sdl = path.resolve(process.argv[2]);
const PAGE = `
query FeedQuery($id: ID!, $count: Int!, $cursor: String) {
  node(id: $id) { ...FeedOfNeighbourhood @alias @arguments(count: $count, cursor: $cursor) }
}`;
const FRAGMENT = `
fragment FeedOfNeighbourhood on Neighbourhood
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" })
  @refetchable(queryName: "FeedOfNeighbourhoodPageQuery") {
  id
  feed(first: $count, after: $cursor) @connection(key: "FeedOfNeighbourhood_feed") {
    edges { node { id body } }
  }
}`;

function relayed() {
  const folder = mkdtempSync(path.join(tmpdir(), "noaber-relay-"));
  mkdirSync(path.join(folder, "src"));
  cpSync(sdl, path.join(folder, "schema.graphql"));
  const source = `const q = graphql\`${PAGE}\`;\nconst f = graphql\`${FRAGMENT}\`;\n`;
  writeFileSync(path.join(folder, "src", "Feed.js"), source);
  const config = { src: "./src", schema: "./schema.graphql", language: "javascript" };
  writeFileSync(path.join(folder, "relay.config.json"), JSON.stringify(config));
  const ran = spawnSync(relay, ["relay.config.json"], { cwd: folder, encoding: "utf-8" });
  const made = path.join(folder, "src", "__generated__");
  return {
    status: ran.status,
    said: ran.status === 0 ? "" : ran.stdout + ran.stderr,
    files: ran.status === 0 ? readdirSync(made).sort() : [],
  };
}

async function generated() {
  const text = await codegen({
    filename: "noaber.ts",
    schema: parse(readFileSync(sdl, "utf-8")),
    schemaAst: buildSchema(readFileSync(sdl, "utf-8")),
    documents: [{ location: "page.graphql", document: parse(`
      query Page($id: ID!) { node(id: $id) { __typename ... on Post { body } } }`) }],
    plugins: [{ typescript: {} }, { operations: {} }],
    pluginMap: { typescript, operations },
    config: {},
  });
  return text.match(/^export type (PageQuery|PostConnection|PageInfo)\b/gm).sort();
}

console.log(JSON.stringify({ relay: relayed(), codegen: await generated() }));
