import { Badge, Button, Skeleton, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { ApiError } from "@/api/client";
import type { Person } from "@/api/types";
import { PersonActions } from "@/features/chat/PersonActions";
import { meQuery, personQuery } from "@/features/identity/queries";
import { Avatar } from "@/ui/Avatar";
import { IconMovieOff, IconPencil, IconUser } from "@/ui/icons";
import { ErrorMessage, Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import classes from "./PersonPage.module.css";
import { videosQuery } from "./queries";
import { VideoGrid } from "./VideoGrid";

interface HeadProps {
  person: Person;
  isMe: boolean;
}

function Head({ person, isMe }: HeadProps) {
  const t = useTranslations("library.person");
  return (
    <header className={classes.head}>
      <Avatar person={person} size={96} />
      <div className={classes.words}>
        <Title order={1}>{person.display_name}</Title>
        <p className={classes.username}>
          @{person.username}
          {person.role !== "member" && (
            <Badge color="gray" variant="light" size="sm">
              {t(`roles.${person.role}`)}
            </Badge>
          )}
        </p>
        {person.bio && <p className={classes.bio}>{person.bio}</p>}
      </div>
      {!isMe && <PersonActions person={person} />}
      {isMe && (
        <Button
          component={Link}
          to="/account"
          variant="default"
          radius="xl"
          leftSection={<IconPencil size={18} />}
        >
          {t("editProfile")}
        </Button>
      )}
    </header>
  );
}

interface PersonPageProps {
  username: string;
}

/** Who somebody is, and the videos of theirs that everybody can see. */
export function PersonPage({ username }: PersonPageProps) {
  const t = useTranslations("library");
  const { data: me } = useQuery(meQuery());
  const { data: person, error, refetch } = useQuery(personQuery(username));
  const isUnknown = error instanceof ApiError && [404, 422].includes(error.status);
  usePageTitle(person?.display_name ?? (isUnknown ? t("person.unknown") : undefined));
  const videos = useInfiniteQuery({
    ...videosQuery({ scope: "all", uploader: username, sort: "newest" }),
    enabled: !isUnknown,
  });
  if (isUnknown) {
    return (
      <Message
        icon={IconUser}
        title={t("person.unknown")}
        heading={1}
        actions={
          <Button component={Link} to="/">
            {t("toHome")}
          </Button>
        }
      >
        {t("person.unknownHint")}
      </Message>
    );
  }
  if (error && !person) {
    return <ErrorMessage error={error} heading={1} onRetry={() => void refetch()} />;
  }
  const isMe = me?.username === person?.username;
  return (
    <>
      {person ? <Head person={person} isMe={isMe} /> : <HeadSkeleton />}
      <VideoGrid
        query={videos}
        empty={
          <Message
            icon={IconMovieOff}
            title={isMe ? t("person.youHaveNone") : t("person.hasNone")}
            actions={
              isMe &&
              me?.can_upload && (
                <Button component={Link} to="/upload">
                  {t("uploadVideo")}
                </Button>
              )
            }
          >
            {isMe ? t("person.youHaveNoneHint") : t("person.hasNoneHint")}
          </Message>
        }
      />
    </>
  );
}

function HeadSkeleton() {
  return (
    <div className={classes.head} aria-hidden="true">
      <Skeleton circle h={96} />
      <div className={classes.words}>
        <Skeleton h={26} w={220} radius="xl" />
        <Skeleton h={14} w={110} mt={10} radius="xl" />
      </div>
    </div>
  );
}
