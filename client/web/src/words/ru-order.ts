import type { orderEn } from "./en-order";
import type { Spoken } from "./shape";

/** Ведущий следит за порядком: объявления, слово, скрытые сообщения, свои новости. */
export const orderRu: Spoken<typeof orderEn> = {
  order: {
    title: "Всему столу",
    announce: "Слово ко всем, оно же на экране",
    announceNow: "Объявить",
    announced: "Ведущий:",
    announcements: "Что объявил ведущий",
    inject: "Добавить новость",
    card: "Карта",
    ownNews: "Своя новость",
    cardNamed: (card) => `Карта ${card}`,
    newsTitle: "Заголовок",
    newsText: "Что произошло",
    shifts: "Насколько изменится порог делегаций",
    tracks: "Состояние мира",
    injectNow: "Опубликовать",
    mute: "Лишить слова",
    unmute: "Вернуть слово",
    muted: "без слова",
    youAreMuted: "Вы лишены слова: то, что вы пишете, читает только ваша делегация.",
    hide: "Скрыть",
    hideSure: "Скрыть это сообщение от всех?",
    hideNow: "Скрыть сейчас",
    reopen: (text) => `Переголосовать: ${text}`,
    reopenSure: "Подсчёт отменяется, все могут голосовать снова.",
    reopenNow: "Открыть голосование",
    absent: "От этих делегаций никого нет.",
    absentMore: "Их молчание не означает согласия, если вы не решите иначе.",
    silenceCounts: (role) => `Молчание засчитывается: ${role}`,
  },
};
