import account from "./account.json";
import admin from "./admin.json";
import attachments from "./attachments.json";
import audit from "./audit.json";
import authoring from "./authoring.json";
import captions from "./captions.json";
import certificate from "./certificate.json";
import chat from "./chat.json";
import comments from "./comments.json";
import common from "./common.json";
import courses from "./courses.json";
import errors from "./errors.json";
import finding from "./finding.json";
import history from "./history.json";
import identity from "./identity.json";
import invitations from "./invitations.json";
import lesson from "./lesson.json";
import library from "./library.json";
import moderation from "./moderation.json";
import player from "./player.json";
import playlists from "./playlists.json";
import processing from "./processing.json";
import reactions from "./reactions.json";
import search from "./search.json";
import shell from "./shell.json";
import thumbnail from "./thumbnail.json";
import transcript from "./transcript.json";
import uploads from "./uploads.json";
import watch from "./watch.json";

export default {
  account,
  admin,
  attachments,
  audit,
  authoring,
  captions,
  certificate,
  chat,
  comments,
  common,
  courses,
  errors,
  finding,
  history,
  identity,
  invitations,
  lesson,
  library,
  moderation,
  player,
  playlists,
  processing,
  reactions,
  search,
  shell,
  thumbnail,
  transcript,
  uploads,
  watch,
};
