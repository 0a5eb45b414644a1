import type { Said } from "../proposals/threads";
import type { textsEn } from "./en-texts";
import { counted } from "./plural";
import type { Spoken } from "./shape";

const BEADS: Record<Said, string> = {
  supports: "поддержка",
  opposes: "возражение",
  reserves: "оговорка",
  not_answered: "ответа пока нет",
  votes_yes: "голос «за»",
  votes_no: "голос «против»",
  broke_silence: "молчание нарушено",
  keeps_silence: "хранит молчание",
  not_voted: "голоса пока нет",
  kept_silence: "молчание, то есть согласие",
  absent: "без голоса",
};

const COUNTED: Partial<Record<Said, string>> = { votes_no: "против", broke_silence: "молчание нарушено" };

const list = new Intl.ListFormat("ru", { type: "conjunction" });

function differing(count: number, base: string): string {
  return count === 0
    ? `Совпадает: ${base}.`
    : `Сравнение: ${base}. ${counted(count, "отличие", "отличия", "отличий")}.`;
}

/** Договор, тексты на столе, голосования и беседы. */
export const textsRu: Spoken<typeof textsEn> = {
  treaty: {
    article: (number) => `Ст. ${number}`,
    wordings: (number) => `Формулировки статьи ${number}`,
    choose: (number) => `Ст. ${number}: выберите формулировку`,
    done: "Готово",
    isIn: (base) => `есть здесь: ${base}`,
    total: (points) => `всего ${points}`,
    stands: "как сейчас",
    against: "Сравнить",
    length: "Объём",
    changes: "Изменения",
    full: "Весь текст",
    struck: "Прежняя формулировка: ",
    added: "Новая формулировка: ",
    becomes: (before, after) => `Для нас было ${before}, станет ${after}.`,
    forUs: "Для нас: ",
    forUsHead: "для нас",
    notSent: "Пока вы не разослали и не внесли текст, другие его не видят.",
  },

  draft: {
    title: "Мой проект",
    only: (role) => `Проект видит только ваша делегация: ${role}`,
    blank: "Пока ничего не изменено. Откройте статью и выберите другую формулировку.",
    changed: differing,
    startOver: "Начать заново",
    sure: "Вернуть все статьи назад — для всей вашей делегации?",
    yes: "Вернуть",
    note: "Несколько слов к тексту (необязательно)",
    table: (number) => `Внести как #${number}`,
    amend: (text) => `Предложить как поправку к ${text}`,
    newVersion: (text) => `Сделать новой версией ${text}`,
    circulate: "Разослать",
    circulateTo: "Кому разослать",
    circulateHow: "Текст увидят только они. Голосовать по нему нельзя, пока кто-нибудь его не внесёт.",
    circulateNow: (count) =>
      count === 0 ? "Выберите, кому" : `Разослать: ${counted(count, "делегация", "делегации", "делегаций")}`,
  },

  text: {
    name: (number) => (number === null ? "нон-пейпер" : `#${number}`),
    nonPaper: "Нон-пейпер",
    from: (sponsor) => `Нон-пейпер. Автор: ${sponsor}`,
    proposal: (number) => `Предложение ${number}`,
    version: (version) => `версия ${version}`,
    whichVersion: "Версия",
    single: "единый текст",
    to: (roles) => `кому: ${list.format(roles)}`,
    read: (label) => `Читать: ${label}`,
    all: "Все тексты",
    status: {
      circulated: "Разослан",
      tabled: "Внесён",
      voting: "Идёт голосование",
      rejected: "Не принят",
      adopted: "Принят",
      withdrawn: "Отозван",
      taken_back: "Взят назад",
    },
    consents: (consents, counted) =>
      counted ? (consents ? "согласие дано" : "согласия не было") : consents ? "согласие есть" : "согласия пока нет",
    youSaid: { yes: "Вы поддерживаете.", no: "Вы возражаете.", reserve: "У вас оговорка." },
    forUs: "Для нас:",
    changes: differing,
    copy: (text) => `Скопировать ${text} в мой проект`,
    amend: (text) => `Поправка к ${text}`,
    withdraw: (text) => `Отозвать ${text}`,
    onTheTable: "На столе",
    none: "Пока не внесено ни одного текста.",
    noneMore: "Первый текст редко проходит; зато он показывает, кто чего хочет.",
  },

  bead: (name, said) => `${name}: ${BEADS[said]}`,

  answer: {
    where: (role, text) => `Позиция по ${text} (${role})`,
    support: (text) => `Поддержать ${text}`,
    reserve: (text) => `Оговорка по ${text}`,
    oppose: (text) => `Возразить против ${text}`,
    opposeNow: (text) => `Сказать «нет»: ${text}`,
    whyOppose: (text) => `Почему ${text} не подходит`,
    straw: "Это не голосование: так другие узнают, что нужно изменить.",
    article: "Статья, которая мешает",
    aspect: "Аспект",
    reason: "Причина",
    reasonMaybe: "Причина (необязательно)",
    choose: "Выберите",
    numbered: (number, title) => `${number} ${title}`,
  },

  vote: {
    on: (text) => `Голосование по ${text}`,
    left: (time) => `осталось ${time}`,
    closing: "Проголосовали все. Ещё несколько секунд голос можно изменить.",
    silence:
      "Орган, в котором вы состоите, решает по умолчанию: если до конца отсчёта молчание не нарушено, он согласен.",
    count: "До подсчёта голос можно изменить.",
    none: "По этому тексту ваша делегация не голосует.",
    yes: (text) => `За ${text}`,
    no: (text) => `Против ${text}`,
    break: (text) => `Нарушить молчание по ${text}`,
    breakNow: (text) => `Нарушить молчание по ${text} сейчас`,
    why: (text) => `Почему нарушено молчание по ${text}`,
    voted: (choice) => (choice === "yes" ? "Ваш голос: за." : "Ваш голос: против."),
    call: (text) => `Поставить ${text} на голосование`,
    rejected: (text, why) =>
      why.length === 0
        ? `Текст не принят: ${text}.`
        : `Текст не принят: ${text} (${list.format(why.map((one) => `${one.name} — ${COUNTED[one.said] ?? "без голоса"}`))}).`,
  },

  amendments: {
    title: "Поправки",
    to: (version) => `к версии ${version}`,
    status: { open: "открыта", accepted: "принята", lapsed: "утратила силу", taken_back: "взята назад" },
    accept: (role) => `Принять поправку (${role})`,
  },

  positions: {
    title: "Позиции",
    stands: { yes: "поддержка", no: "возражение", reserve: "оговорка" },
    voted: { yes: "голос «за»", no: "голос «против»" },
  },

  talks: {
    title: "Беседы",
    channels: "Каналы",
    plenary: "Пленарное заседание",
    own: "Делегация",
    ownOnly: (role) => `Только ${role}`,
    everybody: "Все за столом.",
    onlyOwn: "Только ваша делегация. Ведущий может читать.",
    onlyThese: (names, among) =>
      among ? `${names}; больше никто за столом. Ведущий может читать.` : `${names}; больше никто за столом.`,
    open: "Открыть канал",
    openWith: "С кем говорить",
    openNow: "Открыть канал",
    unread: (count) => `непрочитанных: ${count}`,
    log: (name) => `Сообщения: ${name}`,
    writeTo: (name) => `Написать: ${name}`,
    quote: "#3 или «Ст. 5» станет ссылкой",
    send: "Отправить",
    you: "(вы)",
    waiting: "ждёт отправки",
    removed: "[удалено]",
    nobody: "Здесь ещё никто не писал.",
    nobodyMore: "Хорошо начать с вопроса: какая статья для вас важнее всего?",
    typing: (names) => `${list.format(names)}: ${names.length === 1 ? "пишет" : "пишут"}`,
  },

  people: {
    title: "За столом",
    count: (taken, all) => `${taken} из ${all}`,
    bot: "бот",
    empty: "пусто",
    chair: "председатель",
    away: "не на связи",
    passed: "пас",
    floor: "слово предоставлено",
  },
};
