/** The shapes of the HTTP interface under the names the pages use. */

import type {
  AssetView,
  CategoryLook,
  CategoryRef,
  CommentLook,
  ConversationDetail,
  ConversationLook,
  InvitationLook,
  MediaLook,
  MessageLook,
  MomentLook,
  NoteLook,
  Options,
  ParticipantLook,
  PartyLook,
  PlaylistLook,
  PlaylistMembership,
  ProgressReport,
  ScopeOutput,
  SessionLook,
  SharedVideoLook,
  TokenLook,
  TrackKind,
  UploadOut,
  VideoPlayback,
} from "./gen";

export type {
  AttemptMade,
  CaptionHit,
  CourseCard,
  CourseLesson,
  CoursePage,
  CourseSection,
  Home,
  Language,
  LessonKind,
  LessonPage,
  LessonPlayback,
  LessonStanding,
  MayWrite,
  Me,
  Member,
  Person,
  PersonLook,
  QuestionResult,
  QuestionToTake,
  QuizToTake,
  ReactionType,
  Role,
  Site,
  Suggestion,
  Theme,
  Video,
  VideoCard,
} from "./gen";

export type { ConversationDetail };
export type Asset = AssetView;
export type CaptionKind = TrackKind;
export type Category = CategoryLook;
export type CategoryName = CategoryRef;
export type Comment = CommentLook;
export type CommentMoment = MomentLook;
export type Conversation = ConversationLook;
export type Invitation = InvitationLook;
export type Media = MediaLook;
export type Membership = PlaylistMembership;
export type Message = MessageLook;
export type Participant = ParticipantLook;
export type Party = PartyLook;
export type Note = NoteLook;
export type Playback = VideoPlayback;
export type Playlist = PlaylistLook;
export type Progress = ProgressReport;
export type Session = SessionLook;
export type SharedVideo = SharedVideoLook;
export type SiteOptions = Options;
export type Token = TokenLook;
export type TokenScope = ScopeOutput;
export type UnfinishedUpload = UploadOut;
