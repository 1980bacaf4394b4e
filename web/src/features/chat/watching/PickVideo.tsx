import { Button, Loader, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { VideoCard } from "@/api/types";
import { moreVideosQuery } from "@/features/library/queries";
import { searchQuery } from "@/features/library/search/queries";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import { IconSearch } from "@/ui/icons";
import { Thumbnail } from "@/ui/Thumbnail";
import classes from "./Party.module.css";
import { useStart } from "./useStart";

const TYPING_PAUSE_MS = 200;

interface PickVideoProps {
  conversationId: string;
  onClose: () => void;
}

/** Finds what to watch together. */
export default function PickVideo({ conversationId, onClose }: PickVideoProps) {
  const t = useTranslations("chat.watching.pick");
  const errorText = useErrorText();
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text.trim(), TYPING_PAUSE_MS);
  const newest = useQuery(moreVideosQuery(undefined));
  const found = useInfiniteQuery({
    ...searchQuery({ q }),
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });
  const { mutate, isPending } = useStart(conversationId);
  const videos: readonly VideoCard[] | undefined = q
    ? found.data?.pages.flatMap(({ items }) => items.map(({ video }) => video))
    : newest.data?.items;
  const error = q ? found.error : newest.error;
  const start = (videoId: string) => mutate({ videoId, from: 0 }, { onSuccess: onClose });
  return (
    <Dialog title={t("title")} onClose={onClose}>
      <TextInput
        aria-label={t("find")}
        placeholder={t("find")}
        leftSection={<IconSearch size={18} />}
        value={text}
        data-autofocus
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <FormError text={error ? errorText(error) : null} />
      {!videos && !error && <Loader mt="md" mx="auto" />}
      <ul className={classes.videos} aria-label={t("videos")}>
        {videos?.map((video) => (
          <li key={video.id}>
            <span className={classes.thumbnail}>
              <Thumbnail video={video} />
            </span>
            <bdi className="clamp-2">{video.title}</bdi>
            <Button
              size="xs"
              radius="xl"
              disabled={isPending}
              aria-label={t("startOf", { title: video.title })}
              onClick={() => start(video.id)}
            >
              {t("start")}
            </Button>
          </li>
        ))}
      </ul>
      <p className={classes.none} role="status">
        {videos?.length === 0 ? t("none") : ""}
      </p>
    </Dialog>
  );
}
