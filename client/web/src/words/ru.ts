import { split } from "../clock/clock";
import { grouped } from "../join/code";
import { signed } from "../pieces/points";
import { shortName } from "../table/reading";
import type { en } from "./en";
import { counted } from "./plural";
import { joinRu } from "./ru-join";
import { movesRu } from "./ru-moves";
import { orderRu } from "./ru-order";
import { textsRu } from "./ru-texts";
import type { Spoken } from "./shape";

const lists = new Intl.ListFormat("ru", { type: "conjunction" });
const numbers = new Intl.NumberFormat("ru");
const clock = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit" });

function spelled(ms: number): string {
  const { hours, minutes, seconds } = split(ms);
  const spoken = [
    hours > 0 ? counted(hours, "час", "часа", "часов") : "",
    minutes > 0 ? counted(minutes, "минута", "минуты", "минут") : "",
    seconds > 0 || (hours === 0 && minutes === 0) ? counted(seconds, "секунда", "секунды", "секунд") : "",
  ];
  return spoken.filter((word) => word !== "").join(" ");
}

function ago(seconds: number): string {
  return seconds < 90
    ? counted(seconds, "секунду", "секунды", "секунд")
    : counted(Math.round(seconds / 60), "минуту", "минуты", "минут");
}

/** Русский. Имена делегаций бывают любого рода и числа, поэтому стоят в именительном падеже и без сказуемого. */
export const ru: Spoken<typeof en> = {
  ...textsRu,
  ...joinRu,
  ...movesRu,
  ...orderRu,
  brand: "Three Birds",
  title: (role, treaty) => `${role}: ${treaty} · Three Birds`,
  table: (role, treaty) => `${treaty}: стол делегации (${role})`,
  asOf: (date) => `мир по состоянию на ${date} год`,
  close: "Закрыть",
  cancel: "Отмена",
  skip: "К тексту договора",
  noAnswer: "Сервер не отвечает.",
  short: shortName,
  opening: (text) => (/^(?:.*?[.!?] ){2}/.exec(text)?.[0] ?? text).trim(),
  code: grouped,
  count: (value) => numbers.format(value),
  list: (items) => lists.format(items),
  time: (when) => clock.format(when),

  saved: { all: "Всё сохранено", now: "Сохраняем", here: "Хранится на этом устройстве" },

  clock: {
    left: (ms) => `осталось ${spelled(ms)}`,
    paused: "Пауза",
    round: (round, rounds) => `Раунд ${round} из ${rounds}`,
    away: (ms) => `Сервер был недоступен: ${spelled(ms)}. Это время возвращено: часы передвинуты на столько же.`,
  },

  move: {
    label: "Что можно сделать сейчас",
    yours: "Ваш ход.",
    paused: "Ведущий объявил паузу.",
    pausedMore: "Часы стоят. Можно читать и составлять проект.",
    vote: (text) => `Идёт голосование по ${text}.`,
    voted: (choice) => `Ваш голос: ${choice === "yes" ? "за" : "против"}; до подсчёта его можно изменить.`,
    silence: "Молчание — знак согласия.",
    answer: (sponsor, text, role, others) =>
      `${sponsor}: вопрос о позиции по ${text} (${role}).${others > 0 ? ` Ждут ответа ещё: ${others}.` : ""}`,
    amendment: (from, text) => `${from}: просьба изменить ваш ${text}.`,
    go: (kind, text) =>
      kind === "vote" ? `Голосовать по ${text}` : kind === "answer" ? `Ответить по ${text}` : `Открыть ${text}`,
    passed: "Вы сказали «пас».",
    waiting: (seats) => `Фаза продолжается: ещё ${counted(seats, "делегация", "делегации", "делегаций")}.`,
    free: "Беседуйте, составляйте и вносите текст или скажите «пас».",
    ends: (seats, passed) => `Фаза закончится по часам или когда «пас» скажут все ${seats} (пока: ${passed}).`,
    leader: (name) => `Глава вашей делегации — ${name}: только глава вносит тексты, голосует и говорит «пас».`,
    draft: "К моему проекту",
    undo: {
      said: "Взять сообщение назад",
      circulated: "Взять нон-пейпер назад",
      passed: "Взять «пас» назад",
      tabled: (text) => `Взять ${text} назад`,
      supported: (text) => `Взять назад ответ по ${text}`,
      amendment_proposed: (text) => `Взять назад поправку к ${text}`,
      other: "Взять последний шаг назад",
    },
    pass: "Пас",
  },

  line: {
    lost: (seconds) => `Нет связи ${ago(seconds)}. Ваши слова в сохранности.`,
    lostMore: (unsaved) =>
      unsaved === 0
        ? "То, что вы пишете, хранится на этом устройстве. Читать можно и дальше."
        : `На этом устройстве ${counted(unsaved, "ваше действие", "ваших действия", "ваших действий")}; после восстановления связи каждое будет отправлено один раз.`,
    tryNow: "Попробовать сейчас",
    next: (seconds) => `(следующая попытка через ${seconds} с)`,
    restarting: "Сервер ненадолго перезапускается.",
    restartingMore: "Ваши слова в сохранности; страница вернётся сама.",
    back: "Связь восстановлена.",
    backMore: "Всё, что вы сделали, отправлено.",
    front: "На главную страницу",
    look: "Где вы теперь сидите",
    over: {
      removed: "Вас больше нет за этим столом.",
      seat_given: "Ваше место отдано другому.",
      refused: "Это место вам здесь недоступно.",
      too_old: "Эта страница старше сервера.",
    },
    overMore: {
      removed: "Спросите ведущего, так ли это должно быть.",
      seat_given: "Попросите у ведущего другое место.",
      refused: "Откройте ссылку, с которой пришли, или введите код ещё раз.",
      too_old: "Загрузите её заново.",
    },
  },

  refused: (code, message, retry) => {
    if (code === "stale_proposal") return `${message} Прочитайте, что изменилось, и ответьте ещё раз.`;
    if (code === "too_large") return message || "Это слишком длинно. Сократите; ничего из написанного не потеряно.";
    if (code === "internal" && retry !== "same_cid")
      return "Сервер не может прочитать этот стол. Ничего не изменилось. Сообщите тому, у кого работает сервер: повторять бесполезно.";
    if (code === "internal") return "Ошибся сервер, а не вы. Ничего из написанного не потеряно. Попробуйте ещё раз.";
    return message;
  },

  news: {
    label: (title) => `Новость: ${title}`,
    paper: "Общий вестник",
    round: (round) => `Раунд ${round}`,
    shift: (points) =>
      points === 0
        ? "Сама по себе карта не меняет нашего порога."
        : `Сама по себе карта меняет наш порог на ${signed(points)}.`,
    away: "Убрать",
    soFar: (count) => `Новости до сих пор (${count})`,
  },

  mandate: {
    title: (role) => `Мандат: ${role}`,
    only: "Только ваша делегация",
    myDraft: "мой проект",
    against: "при",
    needed: "необходимых",
    draftAt: (points) => `Мой проект ${points}`,
    neededAt: (points) => `нужно ${points}`,
    bothAt: (points) => `нужно столько же, сколько порог: ${points}`,
    noDealAt: (points) => `порог ${points}`,
    noDealIs: (points, extra) =>
      extra > 0 ? `порог ${points} и ещё ${extra} для органов, чьё согласие нужно` : `порог ${points}`,
    over: signed,
    verdict: (over) =>
      over > 0 ? `на ${over} больше, чем нужно` : over === 0 ? "ровно столько, сколько нужно" : `не хватает ${-over}`,
    scoreOf: (name, points) => `${name}: ${points}`,
    scoring: "Сервер считает.",
    ruler: (name, score, needed, noDeal) => `${name} ${score}, нужно ${needed}, порог ${noDeal}`,
    why: (name, points) => `Почему ${points}: ${name}`,
    showChanges: (opened) => (opened ? "Только отличия от моего проекта" : "Только отличия от нынешнего положения"),
    showAll: "Вся сумма",
    becomes: (before, after) => `было ${before}, станет ${after}`,
    adds: "сходится точно",
    nothing: "Ничего не меняется: ни выигрыша, ни потерь.",
    points: "Очки",
    reason: "Причина",
    paragraph: "Абзац статьи",
    noLonger: (text) => `Больше нет: ${text}`,
    article: (number, title, label, gone) =>
      gone ? `Ст. ${number} ${title}: как сейчас` : `Ст. ${number} ${title}: ${label}`,
    smaller: (count) => counted(count, "строка поменьше", "строки поменьше", "строк поменьше"),
    show: "показать",
    byAspect: "По аспектам",
    aspect: "Аспект",
    weight: "Вес",
    brief: "Задание и интересы",
    confidential: "Только для вашей делегации",
    tracks: "Состояние мира",
    between: (low, high) => `от ${low} до ${high}`,
    bodies: "Чьё согласие нужно",
    decides: {
      consensus: "решает по умолчанию",
      unanimity: "решает единогласно",
      majority: "решает большинством",
      weighted: "решает по весу голосов",
    },
    margin: (points) => `нужно на ${points} больше порога`,
  },

  end: {
    over: "Конференция завершена",
    title: (result, number) =>
      result === "adopted"
        ? `Принят текст #${number ?? "?"}`
        : result === "stopped"
          ? "Переговоры остановлены"
          : "Соглашения нет",
    lede: (result, articles, changed) =>
      result === "adopted"
        ? `Все, чьё согласие было нужно, согласны. Статей: ${articles}, из них новых: ${changed}.`
        : result === "stopped"
          ? "Ведущий закончил конференцию до того, как был принят текст."
          : "Ни один текст не получил согласия всех, от кого оно зависело. Всё осталось как было.",
    became: "Что было потом",
    oneView: (date) => `Взгляд одного автора на ${date} год.`,
    own: (role) => `Результат: ${role}`,
    against: (noDeal) => `порог ${noDeal}`,
    surplus: (points) =>
      points > 0 ? `на ${points} лучше порога` : points === 0 ? "ровно на пороге" : `на ${-points} хуже порога`,
    everybody: "Результаты всех делегаций",
    adjustments: "В очках помимо текста",
    beside: "Рядом с очками",
    forAll: "(все делегации)",
    raw: "Очки разных делегаций несравнимы: сравнивайте каждую с её собственным порогом.",
    delegation: "Делегация",
    points: "Очки",
    noDeal: "Порог",
    above: "Сверх порога",
    adoptedText: "Принятый текст",
    sealed: "Принято и скреплено печатью",
    again: "На главную страницу",
  },

  keys: {
    title: "Клавиши",
    use: "Управлять отдельными клавишами",
    list: [
      ["1 2 3 4 5", "договор, тексты, беседы, мандат, ходы"],
      ["J K", "следующая, предыдущая статья; Enter открывает её"],
      ["/", "писать в открытый канал; Enter отправляет, Shift Enter — новая строка"],
      ["?", "этот список"],
    ],
  },
};
