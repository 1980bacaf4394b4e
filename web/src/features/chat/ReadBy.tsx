import { useTranslations } from "use-intl";
import type { Message, Participant } from "@/api/types";
import { Dialog } from "@/ui/Dialog";
import classes from "./People.module.css";
import { PersonLine } from "./PersonLine";

interface ReadByProps {
  message: Message;
  /** Everybody but oneself. */
  people: readonly Participant[];
  onClose: () => void;
}

/** Who has read a message of one's own, and who has not yet. */
export default function ReadBy({ message, people, onClose }: ReadByProps) {
  const t = useTranslations("chat");
  const hasRead = ({ read_number }: Participant) => (read_number ?? 0) >= message.number;
  const parts = [
    { title: t("haveRead"), people: people.filter(hasRead) },
    { title: t("haveNotRead"), people: people.filter((one) => !hasRead(one)) },
  ];
  return (
    <Dialog title={t("readBy")} onClose={onClose}>
      {parts.map(
        (part) =>
          part.people.length > 0 && (
            <section key={part.title} aria-label={part.title}>
              <h3 className={classes.part}>{part.title}</h3>
              <ul className={classes.people}>
                {part.people.map(({ person }) => (
                  <li key={person.id}>
                    <PersonLine person={person} />
                  </li>
                ))}
              </ul>
            </section>
          ),
      )}
    </Dialog>
  );
}
