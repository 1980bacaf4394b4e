/** The shapes of the HTTP interface. Times are RFC 3339, sizes bytes, durations seconds. */

export type Role = "admin" | "moderator" | "member";
export type Language = "en" | "es";
export type Theme = "light" | "dark" | "system";
export type Joining = "invitation" | "open" | "closed";
export type Uploaders = "everyone" | "admins";

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export interface Site {
  name: string;
  logo_url: string | null;
  needs_first_run: boolean;
  joining: Joining;
  members_may_invite: boolean;
  who_may_upload: Uploaders;
  max_file_size_bytes: number;
  accepted_formats: string[];
  mail_configured: boolean;
  completion_threshold: number;
}

export interface PersonLook {
  id: string;
  username: string;
  display_name: string;
  picture_url: string | null;
  initials_color: string;
}

export interface Me extends PersonLook {
  email: string;
  bio: string;
  time_zone: string;
  language: Language;
  theme: Theme;
  role: Role;
  can_upload: boolean;
  can_invite: boolean;
  created_at: string;
}

export interface Session {
  id: string;
  created_at: string;
  last_seen_at: string;
  user_agent: string | null;
  ip: string | null;
  current: boolean;
}

export type TokenScope = "read" | "write" | "upload" | "admin" | "stream";

export interface Token {
  id: string;
  name: string;
  scopes: TokenScope[];
  created_at: string;
  last_used_at: string | null;
}

export interface Invitation {
  id: string;
  email: string | null;
  max_uses: number;
  uses: number;
  created_at: string;
  expires_at: string;
  revoked_at: string | null;
  invited_by: PersonLook | null;
  accepted_by: PersonLook[];
}

export interface InvitationPreview {
  invited_by: string | null;
  email: string | null;
  site_name: string;
  expires_at: string;
}

export interface Member extends PersonLook {
  bio: string;
  role: Role;
  email: string;
  disabled_at: string | null;
  weekly_upload_limit_bytes: number | null;
  used_bytes?: number | null;
  last_seen_at: string | null;
}

export interface Category {
  id: string;
  name: string;
  slug: string;
  description: string;
  image_url: string | null;
  sort_order: number;
  is_active: boolean;
  video_count: number;
}

export type CategoryLook = Pick<Category, "id" | "name" | "slug">;

export type AssetStatus = "pendingupload" | "queued" | "inprogress" | "ready" | "error";

export interface Asset {
  id: string;
  status: AssetStatus;
  playable: boolean;
  playable_at: string | null;
  processing_progress: number;
  processing_step: string | null;
  queue_position: number | null;
  eta_seconds: number | null;
  error_code: string | null;
  error_message: string | null;
  duration_seconds: number | null;
  width: number | null;
  height: number | null;
  file_size_bytes: number | null;
  original_filename: string;
  thumbnail_url: string | null;
}

export interface WatchProgress {
  watched_seconds: number;
  last_position: number;
  completed: boolean;
  duration_seconds: number | null;
  resume_at: number;
}

export interface UploadLook {
  id: string;
  url: string;
  offset_bytes: number;
  size_bytes: number | null;
}

export interface VideoCard {
  id: string;
  short_id: string;
  title: string;
  category: CategoryLook | null;
  tags: string[];
  uploaded_by: PersonLook;
  created_at: string;
  published: boolean;
  published_at: string | null;
  is_hero: boolean;
  view_count: number;
  can_edit: boolean;
  allow_download: boolean;
  asset: Asset;
  progress: WatchProgress | null;
}

export interface Video extends VideoCard {
  description: string;
  upload: UploadLook | null;
}

export interface Home {
  hero: Video | null;
  continue_watching: VideoCard[];
  newest: VideoCard[];
  categories: { category: CategoryLook; videos: VideoCard[] }[];
}

export type CaptionKind = "subtitles" | "captions" | "chapters";

export interface Caption {
  id: string;
  language: string;
  kind: CaptionKind;
  label: string;
  is_default: boolean;
  url: string;
}

export interface Playback {
  hls_url: string;
  dash_url: string | null;
  download_url: string | null;
  poster_url: string | null;
  storyboard_vtt_url: string | null;
  captions: Caption[];
  duration_seconds: number | null;
  expires_at: string;
  /** True once the whole ladder is there. */
  final: boolean;
  resume_at: number;
}

export interface UnfinishedUpload {
  id: string;
  url: string;
  purpose: string;
  asset_id: string | null;
  filename: string;
  size_bytes: number | null;
  offset_bytes: number;
  created_at: string;
  expires_at: string;
}

export interface Quota {
  limit_bytes: number;
  used_bytes: number;
  remaining_bytes: number;
  resets_at: string;
}

export interface SiteOptions {
  site_name: string;
  joining: Joining;
  members_may_invite: boolean;
  invitation_budget: number;
  who_may_upload: Uploaders;
  max_file_size_bytes: number;
  weekly_upload_limit_bytes: number;
  quota_reset_day: number;
  quota_reset_hour: number;
  quota_reset_timezone: string;
  accepted_video_formats: string[];
  ladder_heights: number[];
  encoder_preset: string;
  keep_originals: boolean;
  completion_threshold: number;
  moderation_words: string[];
}
