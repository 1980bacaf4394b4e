import { Button, Text, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { IconHash, IconMovieOff } from "@/ui/icons";
import { Message } from "@/ui/Message";
import { usePageTitle } from "@/ui/page";
import classes from "./Grid.module.css";
import { categoriesQuery, videosQuery } from "./queries";
import { VideoGrid } from "./VideoGrid";

export function NewestPage() {
  const t = useTranslations("library");
  usePageTitle(t("newest"));
  const query = useInfiniteQuery(videosQuery({ scope: "all", sort: "newest" }));
  return (
    <>
      <Title order={1} className={classes.head}>
        {t("newest")}
      </Title>
      <VideoGrid query={query} empty={<Message icon={IconMovieOff} title={t("emptyTitle")} />} />
    </>
  );
}

interface CategoryPageProps {
  slug: string;
}

export function CategoryPage({ slug }: CategoryPageProps) {
  const t = useTranslations("library");
  const { data: categories } = useQuery(categoriesQuery());
  const category = categories?.items.find((item) => item.slug === slug);
  const name = category?.name ?? (categories ? t("unknownCategory") : undefined);
  usePageTitle(name);
  const query = useInfiniteQuery(videosQuery({ scope: "all", category: slug, sort: "newest" }));
  const home = (
    <Button component={Link} to="/" variant="default">
      {t("toHome")}
    </Button>
  );
  if (categories && !category) {
    return <Message icon={IconMovieOff} title={t("unknownCategory")} heading={1} actions={home} />;
  }
  return (
    <>
      <div className={classes.head}>
        {category?.image_url && (
          <img className={classes.image} src={category.image_url} alt="" decoding="async" />
        )}
        <Title order={1}>{name ?? "…"}</Title>
        {category?.description && (
          <Text c="dimmed" mt={4}>
            {category.description}
          </Text>
        )}
      </div>
      <VideoGrid
        query={query}
        empty={
          <Message icon={IconMovieOff} title={t("emptyCategory")} actions={home}>
            {t("emptyCategoryHint")}
          </Message>
        }
      />
    </>
  );
}

interface TagPageProps {
  tag: string;
}

export function TagPage({ tag }: TagPageProps) {
  const t = useTranslations("library");
  usePageTitle(`#${tag}`);
  const query = useInfiniteQuery(videosQuery({ scope: "all", tag, sort: "newest" }));
  return (
    <>
      <Title order={1} className={classes.head} style={{ overflowWrap: "anywhere" }}>
        #{tag}
      </Title>
      <VideoGrid
        query={query}
        empty={
          <Message
            icon={IconHash}
            title={t("emptyTag", { tag })}
            actions={
              <Button
                variant="default"
                renderRoot={(props) => <Link to="/search" search={{ q: tag }} {...props} />}
              >
                {t("searchInstead", { words: tag })}
              </Button>
            }
          >
            {t("emptyTagHint")}
          </Message>
        }
      />
    </>
  );
}
