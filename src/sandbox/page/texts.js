// The chat page's own words: Kazakh, Russian, English.

export const languages = { kk: 'Қазақша', ru: 'Русский', en: 'English' }

/** Shown at once in all three languages, whatever language the page is in. */
export const banner = {
  kk: 'СЫНАҚ ОРТАСЫ. Мұндағы адам да, ақша да, дауыс та ойдан алынған.',
  ru: 'ПРОБНАЯ СРЕДА. Люди, деньги и голоса здесь выдуманы.',
  en: 'SANDBOX. People, money and votes here are made up.',
}

const words = {
  title: ['Дауыс – сынақ ортасы', 'Дауыс – пробная среда', 'Dauys sandbox'],
  people: ['Адамдар', 'Люди', 'People'],
  newPerson: ['Жаңа адам', 'Новый человек', 'New person'],
  newGroup: ['Жаңа топ', 'Новая группа', 'New group'],
  groupTitle: ['Топтың аты', 'Название группы', 'Title of the group'],
  groupType: ['Түрі', 'Вид', 'Kind'],
  group: ['топ', 'группа', 'group'],
  supergroup: ['супертоп', 'супергруппа', 'supergroup'],
  channel: ['арна', 'канал', 'channel'],
  creator: ['Құрған адам', 'Кто создал', 'Made by'],
  botAdmin: ['әкімші', 'администратор', 'administrator'],
  botMember: ['қатысушы', 'участник', 'member'],
  botNone: ['топта жоқ', 'не в группе', 'not in the group'],
  beside: ['{name}: қатар ашу', '{name}: открыть рядом', '{name}: open beside'],
  close: ['Жабу', 'Закрыть', 'Close'],
  actAs: ['Кім болып жазасыз', 'От чьего имени', 'Act as'],
  topic: ['Тақырып', 'Тема', 'Topic'],
  general: ['Жалпы', 'Общая', 'General'],
  joined: ['{name} топқа қосылды', '{name} теперь в группе', '{name} joined'],
  left: ['{name} топтан шықты', '{name} больше не в группе', '{name} left'],
  renamed: ['Топтың жаңа аты: {name}', 'Новое название: {name}', 'New title: {name}'],
  pinned: ['{name} хабарлама бекітті', '{name}: сообщение закреплено', '{name} pinned a message'],
  topicMade: ['Тақырып: {name}', 'Тема: {name}', 'Topic: {name}'],
  topicClosed: ['Тақырып жабылды', 'Тема закрыта', 'Topic closed'],
  topicOpened: ['Тақырып қайта ашылды', 'Тема открыта снова', 'Topic opened again'],
  migrated: ['Топ супертопқа айналды', 'Группа стала супергруппой', 'The group became a supergroup'],
  made: ['Топ құрылды', 'Группа создана', 'The group was made'],
  video: ['Бейне', 'Видео', 'Video'],
  audio: ['Аудио', 'Аудио', 'Audio'],
  animation: ['Анимация', 'Анимация', 'Animation'],
  video_note: ['Дөңгелек бейне', 'Видеосообщение', 'Round video'],
  poll: ['Сауалнама', 'Опрос', 'Poll'],
  dice: ['Сүйек', 'Кубик', 'Dice'],
  firstName: ['Аты', 'Имя', 'First name'],
  language: ['Тіл', 'Язык', 'Language'],
  create: ['Қосу', 'Добавить', 'Add'],
  cancel: ['Болдырмау', 'Отмена', 'Cancel'],
  back: ['Артқа', 'Назад', 'Back'],
  send: ['Жіберу', 'Отправить', 'Send'],
  nobody: [
    'Әзірге ешкім жоқ. Адам қосыңыз.',
    'Пока никого нет. Добавьте человека.',
    'Nobody here yet. Add a person.',
  ],
  choose: ['Сол жақтан адамды таңдаңыз', 'Выберите человека слева', 'Choose a person on the left'],
  noMessages: ['Хабарлама жоқ', 'Сообщений нет', 'No messages'],
  unread: ['жаңа хабарлама бар', 'есть новые сообщения', 'new messages'],
  start: ['Бастау', 'Начать', 'Start'],
  bot: ['бот', 'бот', 'bot'],
  you: ['Сіз', 'Вы', 'You'],
  typing: ['жазып жатыр…', 'печатает…', 'is typing…'],
  as: ['Сіз: {name}', 'Вы: {name}', 'You: {name}'],
  edited: ['өзгертілді', 'изменено', 'edited'],
  message: ['Хабарлама', 'Сообщение', 'Message'],
  attach: ['Тіркеу', 'Прикрепить', 'Attach'],
  menu: ['Мәзір', 'Меню', 'Menu'],
  keyboard: ['Түймелер', 'Кнопки', 'Buttons'],
  photo: ['Фотосурет', 'Фото', 'Photo'],
  voice: ['Дауыстық хабарлама', 'Голосовое сообщение', 'Voice note'],
  document: ['Файл', 'Файл', 'File'],
  location: ['Орналасқан жері', 'Место', 'Location'],
  contact: ['Контакт', 'Контакт', 'Contact'],
  sticker: ['Стикер', 'Стикер', 'Sticker'],
  links: ['Сілтемелер', 'Ссылки', 'Links'],
  linkIntro: [
    'Карточкадағы немесе плакаттағы сілтеме ботты осы белгімен ашады: v_… немесе c_…',
    'Ссылка с карточки или плаката открывает бота с этой меткой: v_… или c_…',
    'A link on a card or a poster opens the bot with this mark: v_… or c_…',
  ],
  payload: ['Сілтеме белгісі', 'Метка ссылки', 'Mark in the link'],
  open: ['Ашу', 'Открыть', 'Open'],
  phone: ['Телефон нөмірі', 'Номер телефона', 'Phone number'],
  sharePhone: [
    'Ботқа телефон нөміріңізді жібересіз бе?',
    'Отправить боту свой номер телефона?',
    'Send your phone number to the bot?',
  ],
  own: ['Өз нөмірім', 'Свой номер', 'My own number'],
  stranger: ['Басқа адамдікі', 'Чужой номер', 'Somebody else’s'],
  place: ['Ауыл', 'Село', 'Village'],
  ownPlace: ['Координатаны жазу', 'Ввести координаты', 'Type the coordinates'],
  latitude: ['Ендік', 'Широта', 'Latitude'],
  longitude: ['Бойлық', 'Долгота', 'Longitude'],
  emoji: ['Эмодзи', 'Эмодзи', 'Emoji'],
  envelope: ['Сіздің конвертіңіз', 'Ваш конверт', 'Your envelope'],
  copy: ['Көшіру', 'Скопировать', 'Copy'],
  copied: ['Көшірілді: {text}', 'Скопировано: {text}', 'Copied: {text}'],
  copyFailed: [
    'Көшірілмеді. Өзіңіз белгілеп көшіріңіз',
    'Не удалось скопировать. Выделите сами',
    'Could not copy. Select it yourself',
  ],
  results: ['Табылғаны', 'Найдено', 'Found'],
  nothingFound: ['Табылмады', 'Не найдено', 'Not found'],
  spoiler: [
    'Жасырын мәтін. Көрсету үшін басыңыз',
    'Скрытый текст. Нажмите, чтобы показать',
    'Hidden text. Press to show',
  ],
  waiting: ['Күтіңіз', 'Подождите', 'Wait'],
  noConnection: [
    'Байланыс жоқ. Қайталап көріп жатырмыз…',
    'Нет связи. Пробуем ещё раз…',
    'No connection. Trying again…',
  ],
  failed: [
    'Жіберілмеді. Кейінірек қайталап көріңіз.',
    'Не отправлено. Попробуйте позже.',
    'Not sent. Try again later.',
  ],
  gone: ['Бұл түйме енді жоқ.', 'Этой кнопки больше нет.', 'This button is no longer there.'],
  tooBig: [
    'Файл тым үлкен (ең көбі 10 МБ).',
    'Файл слишком большой (не больше 10 МБ).',
    'The file is too big (10 MB at most).',
  ],
  newest: ['Соңғы хабарламаға', 'К последнему сообщению', 'To the newest message'],
  ok: ['Жарайды', 'Хорошо', 'OK'],
}

const column = (at) => Object.fromEntries(Object.entries(words).map(([key, row]) => [key, row[at]]))

export const texts = { kk: column(0), ru: column(1), en: column(2) }

/** Village points offered when a place is asked for; the last one lies far from the others. */
export const places = [
  { kk: 'Баршатас', ru: 'Баршатас', en: 'Barshatas', at: [48.16658, 78.63131] },
  { kk: 'Ақтоғай', ru: 'Актогай', en: 'Aktogay', at: [46.95, 79.66667] },
  { kk: 'Үржар', ru: 'Урджар', en: 'Urzhar', at: [47.09302, 81.62939] },
  { kk: 'Жаңаарқа', ru: 'Жанаарка', en: 'Zhanaarka', at: [48.68659, 71.64469] },
  { kk: 'Ұлытау', ru: 'Улытау', en: 'Ulytau', at: [48.65, 67.01] },
  { kk: 'Астана (алыста)', ru: 'Астана (далеко)', en: 'Astana (far away)', at: [51.16052, 71.47036] },
]

/** The first wished language that is ours; Kazakh when none is. */
export const pickLanguage = (wished) =>
  wished.map((tag) => tag?.slice(0, 2)).find((tag) => tag in languages) ?? 'kk'

/** A reader of texts in one language: `t('copied', { text })`. */
export const reader =
  (lang) =>
  (key, values = {}) =>
    texts[lang][key].replace(/\{(\w+)\}/g, (_, name) => values[name])
