import { Button, Group, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { ConversationDetail, Me, Participant, PersonLook } from "@/api/types";
import { useConfirm } from "@/ui/Confirm";
import { Dialog } from "@/ui/Dialog";
import { useErrorText } from "@/ui/errors";
import { FormError } from "@/ui/FormError";
import {
  IconDoorExit,
  IconDotsVertical,
  IconUser,
  IconUserCheck,
  IconUserMinus,
  IconUserPlus,
} from "@/ui/icons";
import { PopItem, PopMenu } from "@/ui/PopMenu";
import { toastError } from "@/ui/toasts";
import { GroupPicture } from "./GroupPicture";
import { keys } from "./keys";
import { dropLook } from "./looks";
import classes from "./People.module.css";
import { PeoplePicker } from "./PeoplePicker";
import { PersonLine } from "./PersonLine";
import { addPeople, changeConversation, changeRole, removePerson } from "./queries";

const NAME_LENGTH = 100;

interface GroupDialogProps {
  detail: ConversationDetail;
  me: Me;
  onClose: () => void;
}

/** Who is in a group, and what its admins do about that. */
export default function GroupDialog({ detail, me, onClose }: GroupDialogProps) {
  const t = useTranslations("chat.group");
  const errorText = useErrorText();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isAdding, setAdding] = useState(false);
  const { id, participants } = detail;
  const isAdmin = detail.my_role === "admin";
  const change = useMutation({ mutationFn: (work: () => Promise<unknown>) => work() });
  const refresh = () => queries.invalidateQueries({ queryKey: keys.one(id) });
  const remove = async ({ person }: Participant) => {
    const name = person.display_name;
    const question = {
      title: t("removeTitle", { name }),
      text: t("removeText"),
      action: t("remove"),
    };
    if (await confirm(question)) {
      change.mutate(() => removePerson(id, person.id).then(refresh));
    }
  };
  const leave = async () => {
    const question = { title: t("leaveTitle"), text: t("leaveText"), action: t("leave") };
    if (!(await confirm(question))) return;
    // Whoever is gone is not to be told about it by a page that asks for what is no longer there.
    onClose();
    await navigate({ to: "/chat" });
    try {
      await removePerson(id, me.id);
      dropLook(queries, id);
      queries.removeQueries({ queryKey: keys.one(id) });
      queries.removeQueries({ queryKey: keys.thread(id) });
    } catch (error) {
      toastError(errorText(error));
    }
  };
  if (isAdding) {
    return <AddPeople detail={detail} onClose={() => setAdding(false)} />;
  }
  return (
    <Dialog title={detail.name} onClose={onClose}>
      <GroupPicture detail={detail} onChange={refresh} />
      {isAdmin && <Name detail={detail} />}
      <FormError text={change.error && errorText(change.error)} />
      <h3 className={classes.part}>{t("people", { count: participants.length })}</h3>
      <ul className={classes.people}>
        {participants.map((one) => (
          <li key={one.person.id}>
            <PersonLine person={one.person}>
              {one.role === "admin" && <span className={classes.role}>{t("admin")}</span>}
              {one.person.id !== me.id && (
                <PopMenu
                  label={t("menu", { name: one.person.display_name })}
                  icon={<IconDotsVertical size={18} />}
                >
                  <Link
                    to="/people/$username"
                    params={{ username: one.person.username }}
                    role="menuitem"
                    className={classes.link}
                  >
                    <IconUser size={19} stroke={1.6} />
                    {t("profile")}
                  </Link>
                  {isAdmin && (
                    <>
                      <PopItem
                        icon={IconUserCheck}
                        onClick={() =>
                          change.mutate(() =>
                            changeRole(
                              queries,
                              id,
                              one.person.id,
                              one.role === "admin" ? "member" : "admin",
                            ),
                          )
                        }
                      >
                        {one.role === "admin" ? t("makeMember") : t("makeAdmin")}
                      </PopItem>
                      <PopItem icon={IconUserMinus} isBad onClick={() => void remove(one)}>
                        {t("remove")}
                      </PopItem>
                    </>
                  )}
                </PopMenu>
              )}
            </PersonLine>
          </li>
        ))}
      </ul>
      <Group mt="md" justify="space-between">
        {isAdmin && (
          <Button
            variant="default"
            leftSection={<IconUserPlus size={18} />}
            onClick={() => setAdding(true)}
          >
            {t("add")}
          </Button>
        )}
        <Button
          variant="subtle"
          color="red"
          leftSection={<IconDoorExit size={18} />}
          onClick={() => void leave()}
        >
          {t("leave")}
        </Button>
      </Group>
    </Dialog>
  );
}

function Name({ detail }: { detail: ConversationDetail }) {
  const t = useTranslations("chat");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const queries = useQueryClient();
  const [name, setName] = useState(detail.name ?? "");
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => changeConversation(queries, detail.id, { name: name.trim() }),
  });
  const isNew = name.trim() !== "" && name.trim() !== detail.name;
  return (
    <form
      className={classes.rename}
      onSubmit={(event) => {
        event.preventDefault();
        if (isNew) mutate();
      }}
    >
      <TextInput
        label={t("groupName")}
        maxLength={NAME_LENGTH}
        value={name}
        error={error && errorText(error)}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={!isNew} loading={isPending}>
        {common("save")}
      </Button>
    </form>
  );
}

interface AddPeopleProps {
  detail: ConversationDetail;
  onClose: () => void;
}

function AddPeople({ detail, onClose }: AddPeopleProps) {
  const t = useTranslations("chat.group");
  const errorText = useErrorText();
  const queries = useQueryClient();
  const [people, setPeople] = useState<PersonLook[]>([]);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      addPeople(
        queries,
        detail.id,
        people.map(({ id }) => id),
      ),
    onSuccess: onClose,
  });
  const here = new Set(detail.participants.map(({ person }) => person.id));
  return (
    <Dialog title={t("add")} onClose={onClose}>
      <PeoplePicker chosen={people} onChange={setPeople} without={here} />
      <FormError text={error && errorText(error)} />
      <Group justify="flex-end" mt="md">
        <Button disabled={people.length === 0} loading={isPending} onClick={() => mutate()}>
          {t("add")}
        </Button>
      </Group>
    </Dialog>
  );
}
