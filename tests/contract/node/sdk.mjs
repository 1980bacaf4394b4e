// Calls the Stream API with the official TypeScript SDK, as argv[2] (JSON) says; prints what it saw.
import { readFileSync } from "node:fs";
import { webcrypto } from "node:crypto";
import Cloudflare, { toFile } from "cloudflare";

const wanted = JSON.parse(process.argv[2]);
const client = new Cloudflare({ apiToken: wanted.token, baseURL: wanted.root, maxRetries: 0 });
const account_id = wanted.account;
const stream = client.stream;
const seen = {};

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const refused = async (asking) => {
  try {
    await asking;
  } catch (error) {
    return [error.constructor.name, error.status, error.errors?.map((one) => one.code)];
  }
  return null;
};

const direct = await stream.directUpload.create({ account_id, maxDurationSeconds: 3600, creator: "ts" });
const form = new FormData();
form.append("file", await toFile(readFileSync(wanted.file), "talk.mp4"));
const sent = await fetch(direct.uploadURL, { method: "POST", body: form });
seen.direct = sent.status;

let video = await stream.get(direct.uid, { account_id });
while (!["ready", "error"].includes(video.status.state)) {
  await sleep(100);
  video = await stream.get(direct.uid, { account_id });
}
seen.state = video.status.state;
seen.duration = Math.round(video.duration);

const edited = await stream.edit(direct.uid, { account_id, meta: { name: "From TypeScript" } });
seen.name = edited.meta.name;

const listed = [];
for await (const one of stream.list({ account_id, creator: "ts" })) listed.push(one.uid);
seen.listed = listed.length === 1 && listed[0] === direct.uid;

const key = await stream.keys.create({ account_id, body: {} });
const jwk = JSON.parse(Buffer.from(key.jwk, "base64").toString());
const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const signing = await webcrypto.subtle.importKey("jwk", jwk, algorithm, false, ["sign"]);
const part = (said) => Buffer.from(JSON.stringify(said)).toString("base64url");
const exp = Math.floor(Date.now() / 1000) + 600;
const head = `${part({ alg: "RS256", kid: key.id })}.${part({ sub: direct.uid, kid: key.id, exp })}`;
const signature = await webcrypto.subtle.sign(algorithm, signing, Buffer.from(head));
const token = `${head}.${Buffer.from(signature).toString("base64url")}`;
seen.signed = (await fetch(`${wanted.site}/${token}/manifest/video.m3u8`)).status;
seen.revoked = await stream.keys.delete(key.id, { account_id });
seen.dead = (await fetch(`${wanted.site}/${token}/manifest/video.m3u8`)).status;

const ours = await stream.token.create(direct.uid, { account_id });
seen.ours = (await fetch(`${wanted.site}/${ours.token}/manifest/video.m3u8`)).status;

const captions = "WEBVTT\n\n00:01.000 --> 00:02.000\nHola\n";
const caption = await stream.captions.language.update("es", {
  account_id,
  identifier: direct.uid,
  file: captions,
});
seen.caption = [caption.language, caption.label, caption.status];

const tus = await stream
  .create({
    account_id,
    "Tus-Resumable": "1.0.0",
    "Upload-Length": 10,
    direct_user: true,
    body: {},
  })
  .asResponse();
seen.created = [tus.status, tus.headers.has("location"), tus.headers.has("stream-media-id")];

seen.unknown = await refused(stream.get("0".repeat(32), { account_id }));
seen.stranger = await refused(
  new Cloudflare({ apiToken: "nobody", baseURL: wanted.root, maxRetries: 0 }).stream.get("a", { account_id }),
);
await stream.delete(direct.uid, { account_id });
seen.deleted = await refused(stream.get(direct.uid, { account_id }));
process.stdout.write(JSON.stringify(seen));
