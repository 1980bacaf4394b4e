/** The shapes of the HTTP interface under the names the pages use. */

import type {
  AssetView,
  CategoryLook,
  CategoryRef,
  CommentLook,
  ConversationDetail,
  ConversationLook,
  CourseVideoLook,
  CurriculumLook,
  EnrolmentLook,
  InvitationLook,
  Lesson as LessonDocument,
  MediaLook,
  MessageLook,
  MomentLook,
  NoteLook,
  Option,
  Options,
  ParticipantLook,
  PartyLook,
  PlaylistLook,
  PlaylistMembership,
  ProgressReport,
  Question as QuestionDocument,
  QuizLook,
  ScopeOutput,
  Section as SectionDocument,
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
  NextVersion,
  Person,
  PersonLook,
  PreviewState,
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
export type CourseVideo = CourseVideoLook;
export type Enrolment = EnrolmentLook;
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

/** What may be left out when it is sent is always there when it comes. */
export type Lesson = Required<LessonDocument>;
export type Section = Required<Omit<SectionDocument, "lessons">> & { lessons: Lesson[] };
export type Curriculum = Required<Omit<CurriculumLook, "sections">> & { sections: Section[] };
export type Question = Required<Omit<QuestionDocument, "options">> & {
  options: Required<Option>[];
};
export type Quiz = Required<Omit<QuizLook, "questions">> & { questions: Question[] };
