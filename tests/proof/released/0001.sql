BEGIN TRANSACTION;
CREATE TABLE action_reply (
	table_id TEXT NOT NULL, 
	cid TEXT NOT NULL, 
	principal TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	reply BLOB NOT NULL, 
	CONSTRAINT pk_action_reply PRIMARY KEY (table_id, cid), 
	CONSTRAINT fk_action_reply_table_id FOREIGN KEY(table_id) REFERENCES tables (id) ON DELETE CASCADE
);
INSERT INTO "action_reply" VALUES('t1','00000000-0000-7000-8000-000000000001','session d8cc7aed3851ac3338fcc15df3b6807b89125837f77a75b9ecb13ed2afe3b49f','b567ba799f4cc9f38284f0fd329faaad',X'7B2274797065223A227265706C79222C226964223A6E756C6C2C226F6B223A747275652C226E223A377D');
INSERT INTO "action_reply" VALUES('t1','00000000-0000-7000-8000-000000000002','p1','d57aa00d11917a4507a9b1e1d2fbf5ce',X'7B2274797065223A227265706C79222C226964223A6E756C6C2C226F6B223A747275652C226E223A397D');
INSERT INTO "action_reply" VALUES('t1','00000000-0000-7000-8000-000000000003','p1','499f21f3750f2a53dcd72b3aed14fb10',X'7B2274797065223A227265706C79222C226964223A6E756C6C2C226F6B223A747275652C226E223A31307D');
INSERT INTO "action_reply" VALUES('t1','00000000-0000-7000-8000-000000000004','p2','6fe62ff938104e4f85caf148b6534cbc',X'7B2274797065223A227265706C79222C226964223A6E756C6C2C226F6B223A747275652C226E223A31307D');
INSERT INTO "action_reply" VALUES('t1','00000000-0000-7000-8000-000000000005','p2','391920ba829995264e121c65f3539b33',X'7B2274797065223A227265706C79222C226964223A6E756C6C2C226F6B223A747275652C226E223A31317D');
INSERT INTO "action_reply" VALUES('t1','00000000-0000-7000-8000-000000000006','p1','0681190f1a1fa727756bd368600d2132',X'7B2274797065223A227265706C79222C226964223A6E756C6C2C226F6B223A747275652C226E223A31327D');
INSERT INTO "action_reply" VALUES('t1','00000000-0000-7000-8000-000000000007','p2','11b49068153ca2a4d129eacf4daecd85',X'7B2274797065223A227265706C79222C226964223A6E756C6C2C226F6B223A747275652C226E223A31367D');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE event (
	table_id TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	at BIGINT NOT NULL, 
	kind TEXT NOT NULL, 
	kind_version INTEGER NOT NULL, 
	actor TEXT NOT NULL, 
	audience TEXT, 
	body TEXT NOT NULL, 
	cid TEXT, 
	CONSTRAINT pk_event PRIMARY KEY (table_id, seq), 
	CONSTRAINT fk_event_table_id FOREIGN KEY(table_id) REFERENCES tables (id) ON DELETE CASCADE
);
INSERT INTO "event" VALUES('t1',1,1262304000000,'table_opened',1,'{"kind":"host","role":null,"person":null}',NULL,'{"digest":"cea0d576036c2b332185a809f7230ba8dd2ba9cc2bdc18f5fdd4dc81d064b371","seed":"seed1","roles":["SUP","BUY"],"switches":[],"language":"en","names":"historical","variant":"","utc_offset_minutes":0,"rekey":{}}',NULL);
INSERT INTO "event" VALUES('t1',2,1262304000000,'person_joined',1,'{"kind":"host","role":null,"person":null}',NULL,'{"person":"p1","name":{"person":"p1"}}',NULL);
INSERT INTO "event" VALUES('t1',3,1262304000000,'person_seated',1,'{"kind":"host","role":null,"person":null}',NULL,'{"person":"p1","role":"SUP"}',NULL);
INSERT INTO "event" VALUES('t1',4,1262304000000,'person_joined',1,'{"kind":"host","role":null,"person":null}',NULL,'{"person":"p2","name":{"person":"p2"}}',NULL);
INSERT INTO "event" VALUES('t1',5,1262304000000,'person_seated',1,'{"kind":"host","role":null,"person":null}',NULL,'{"person":"p2","role":"BUY"}',NULL);
INSERT INTO "event" VALUES('t1',6,1262304000000,'table_started',1,'{"kind":"facilitator","role":null,"person":null}',NULL,'{}','00000000-0000-7000-8000-000000000001');
INSERT INTO "event" VALUES('t1',7,1262304000000,'phase_opened',1,'{"kind":"facilitator","role":null,"person":null}',NULL,'{"phase":"1.table","round":1,"index":0,"closes_at":1262304220000}','00000000-0000-7000-8000-000000000001');
INSERT INTO "event" VALUES('t1',8,1262304000000,'attended',1,'{"kind":"seat","role":"SUP","person":"p1"}','["SUP"]','{"role":"SUP"}',NULL);
INSERT INTO "event" VALUES('t1',9,1262304000000,'attended',1,'{"kind":"seat","role":"BUY","person":"p2"}','["BUY"]','{"role":"BUY"}',NULL);
INSERT INTO "event" VALUES('t1',10,1262304000000,'drafted',1,'{"kind":"seat","role":"SUP","person":"p1"}','["SUP"]','{"role":"SUP","options":{"price":1}}','00000000-0000-7000-8000-000000000002');
INSERT INTO "event" VALUES('t1',11,1262304000000,'said',1,'{"kind":"seat","role":"SUP","person":"p1"}',NULL,'{"message":"mb8d92a5e8b7d78bd","channel":"plenary","role":"SUP","person":"p1","text":{"text":"ce967b36ce9be2cf0981fafae7da85752efe6854cbdc51d653773984b11a1610"}}','00000000-0000-7000-8000-000000000003');
INSERT INTO "event" VALUES('t1',12,1262304000000,'said',1,'{"kind":"seat","role":"BUY","person":"p2"}',NULL,'{"message":"m1d69c364f0391a13","channel":"plenary","role":"BUY","person":"p2","text":{"text":"76b19173a5cd5ca3f14c4abff30c7f15a1204bed9c7fd16016cd594161a683b3"}}','00000000-0000-7000-8000-000000000004');
INSERT INTO "event" VALUES('t1',13,1262304000000,'drafted',1,'{"kind":"seat","role":"BUY","person":"p2"}','["BUY"]','{"role":"BUY","options":{"price":2}}','00000000-0000-7000-8000-000000000005');
INSERT INTO "event" VALUES('t1',14,1262304000000,'passed',1,'{"kind":"seat","role":"SUP","person":"p1"}',NULL,'{"role":"SUP"}','00000000-0000-7000-8000-000000000006');
INSERT INTO "event" VALUES('t1',15,1262304000000,'passed',1,'{"kind":"seat","role":"BUY","person":"p2"}',NULL,'{"role":"BUY"}','00000000-0000-7000-8000-000000000007');
INSERT INTO "event" VALUES('t1',16,1262304000000,'phase_closed',1,'{"kind":"seat","role":"BUY","person":"p2"}',NULL,'{"phase":"1.table","reason":"passed"}','00000000-0000-7000-8000-000000000007');
INSERT INTO "event" VALUES('t1',17,1262304000000,'phase_opened',1,'{"kind":"seat","role":"BUY","person":"p2"}',NULL,'{"phase":"1.news","round":1,"index":1,"closes_at":1262304020000}','00000000-0000-7000-8000-000000000007');
INSERT INTO "event" VALUES('t1',18,1262304000000,'card_drawn',1,'{"kind":"seat","role":"BUY","person":"p2"}',NULL,'{"card":"flow_stops","round":1,"shifts":{"SUP":-2,"BUY":-4},"tracks":{},"margins":{},"woken":[]}','00000000-0000-7000-8000-000000000007');
INSERT INTO "event" VALUES('t1',19,1262304000000,'attended',1,'{"kind":"seat","role":"BUY","person":"p2"}','["BUY"]','{"role":"BUY"}',NULL);
INSERT INTO "event" VALUES('t2',1,1262304000000,'table_opened',1,'{"kind":"host","role":null,"person":null}',NULL,'{"digest":"cea0d576036c2b332185a809f7230ba8dd2ba9cc2bdc18f5fdd4dc81d064b371","seed":"seed2","roles":["SUP","BUY"],"switches":[],"language":"en","names":"historical","variant":"","utc_offset_minutes":0,"rekey":{}}',NULL);
INSERT INTO "event" VALUES('t2',2,1262304000000,'person_joined',1,'{"kind":"host","role":null,"person":null}',NULL,'{"person":"p3","name":{"person":"p3"}}',NULL);
INSERT INTO "event" VALUES('t2',3,1262304000000,'person_seated',1,'{"kind":"host","role":null,"person":null}',NULL,'{"person":"p3","role":"BUY"}',NULL);
CREATE TABLE facilitator_link (
	hash TEXT NOT NULL, 
	expires_at BIGINT NOT NULL, 
	CONSTRAINT pk_facilitator_link PRIMARY KEY (hash)
);
CREATE TABLE person (
	table_id TEXT NOT NULL, 
	id TEXT NOT NULL, 
	name TEXT, 
	token_hash TEXT, 
	erased_at BIGINT, 
	CONSTRAINT pk_person PRIMARY KEY (table_id, id), 
	CONSTRAINT uq_person_token_hash UNIQUE (token_hash), 
	CONSTRAINT fk_person_table_id FOREIGN KEY(table_id) REFERENCES tables (id) ON DELETE CASCADE
);
INSERT INTO "person" VALUES('t1','p1','SUP one','4cb0ea499ca7177d32b4deb6e251d0a8f857f91d078af209b7d354528ef62201',NULL);
INSERT INTO "person" VALUES('t1','p2','BUY one','8675c9c1f6558212f7f95f5308c03655067e925157ed6e65f024aefadfc7d64f',NULL);
INSERT INTO "person" VALUES('t2','p3','BUY one','0e93ef25c9fb2553425a36c7ca395cc8c33446ee1e7f0d0f05df3db2954ae77f',NULL);
CREATE TABLE ruleset (
	digest TEXT NOT NULL, 
	document TEXT NOT NULL, 
	CONSTRAINT pk_ruleset PRIMARY KEY (digest)
);
INSERT INTO "ruleset" VALUES('cea0d576036c2b332185a809f7230ba8dd2ba9cc2bdc18f5fdd4dc81d064b371','# Winter: the ten-minute game. Two delegations, three articles, 27 texts.
# Points stand in the order supplier, buyers; everything else a text is worth comes from the three rules below.
schema: 1
id: winter
title: Winter
summary: >-
  A supplier of gas and its buyers have ten minutes to agree on price, transit and investment before the cold comes.
  Meeting halfway on everything will not do. The game shows how a vote works, and why it pays to trade one article
  for another.
date: "2010"
minutes: 10

# What texts call by a variable such as {supplier_country}: a table chooses historical or invented names.
names:
  supplier_country: {historical: Russia, invented: Orvania}
  european_union: {historical: European Union, invented: Laurean Community}

roles:
  - id: SUP
    name: Supplier ({supplier_country})
    initials: SU
    comfort: 3
    public_brief: >-
      You sell gas to the {european_union} through pipelines that cross another country. Selling it for many years at a
      price you can plan with is what pays for the next field. You would like to own a part of the business at the far
      end, and you do not want anybody else''s inspectors on your pipes without good reason.
    confidential_brief: >-
      Welcome. You sign what is worth {walk_away} points or more to you, for that is what you have without a text.
      Mutual stakes are your prize (+9). A price from the market hub hurts (-8, and 3 more if nobody invests anything);
      monitors and guaranteed flows cost you 4, but together with mutual stakes both sides gain 3, because each then
      has something to lose. Try a trade: what you want most against what they want most.
  - id: BUY
    name: Buyers ({european_union})
    initials: BU
    comfort: 6
    public_brief: >-
      You buy gas for half a continent. Twice in a few years it has stopped in January because of a quarrel that was not
      yours. You want flows that do not depend on moods, and a price that follows the market rather than the price of
      oil. You are careful with foreign owners in your own networks.
    confidential_brief: >-
      Welcome. You sign what is worth {walk_away} points or more to you, for that is what you have without a text.
      Monitors and guaranteed flows are your prize (+9), a price from the market hub comes next (+6). Mutual stakes
      cost you 5, and 4 more if transit stays as it is; together with guaranteed flows both sides gain 3. Splitting
      every difference leaves you one point short. Try a trade: what you want most against what they want most.

issues:
  - id: price
    title: Price
    paragraphs: P61
    options:
      - label: Tied to oil
        article: The price of gas goes on following the price of oil.
      - label: Partly at the market
        article: A part of the gas is sold at the price of the day; the rest goes on following the price of oil.
        points: {SUP: -3, BUY: 3}
      - label: Market hub
        article: All gas is sold at the price of the nearest market hub.
        points: {SUP: -8, BUY: 6}

  - id: transit
    title: Transit
    paragraphs: P40 P61
    options:
      - label: As now
        article: Transit goes on under the contracts that are in force.
      - label: Early warning
        article: Both sides warn each other at once of any interruption, and say what they know of its cause.
        points: {SUP: -1, BUY: 4}
      - label: Monitors and guaranteed flows
        article: >-
          The transit country signs as a party. Monitors stand at both ends of its pipelines, and the agreed flows go on
          while a dispute is heard.
        points: {SUP: -4, BUY: 9}

  - id: investment
    title: Investment
    paragraphs: P08 P61
    options:
      - label: None
        article: Neither side invests in the other''s networks.
      - label: Access to storage
        article: The supplier may rent storage near the buyers and sell from there.
        points: {SUP: 3, BUY: -2}
      - label: Mutual stakes
        article: Each side may own a share in fields, pipelines and sales of the other, with arbitration.
        points: {SUP: 9, BUY: -5}

rules:
  - id: G1_something_to_lose
    when: {transit: [2], investment: [2]}
    points: {SUP: 3, BUY: 3}
    text: With guaranteed flows and mutual stakes, each side has something to lose.
    paragraphs: P08
  - id: G2_market_without_money
    when: {price: [2], investment: [0]}
    points: {SUP: -3}
    text: A market price without any investment leaves the supplier with the whole risk.
    paragraphs: P61
  - id: G3_owners_without_flows
    when: {investment: [2], transit: [0]}
    points: {BUY: -4}
    text: A foreign owner at home and no surer gas is a poor bargain.
    paragraphs: P61

bodies:
  - id: supplier_government
    name: Supplier''s government
    members: [SUP]
    decides: unanimity
    text: The supplier signs what is worth at least as much to it as the winter as it comes.
  - id: council_of_buyers
    name: Council of the buyers
    members: [BUY]
    decides: unanimity
    text: The buyers sign what is worth at least as much to them as the winter as it comes.

schedule:
  rounds: 2
  phases:
    - id: table
      title: At the table
      text: Talk, put texts on the table, change them, and vote.
      seconds: 220
      actions:
        [say, draft, circulate, table, amend, accept_amendment, withdraw, support, call_vote, vote, break_silence, pass,
         take_back]
    - id: news
      title: News
      text: What happens outside while you talk.
      seconds: 20
      actions: [say, draft, pass, take_back]
      draws: 1
  voting:
    callers: [sponsor]
    from_round: 1
    seconds: 45
    closing_seconds: 10
    last_text: true

cards:
  - id: flow_stops
    title: The flow stops
    text: January. The pressure in the pipes falls for two weeks. Each party blames another, and the rooms are cold.
    effect: Doing nothing has become less comfortable for both, most of all for the buyers.
    kind: objective
    shifts: {SUP: -2, BUY: -4}
    paragraphs: P40 P61

paths:
  - id: trade
    name: Stakes for flows
    when: {transit: [2], investment: [2]}
  - id: halves
    name: Half of everything
    when: {price: [1], transit: [1], investment: [1]}

endings:
  - id: something_to_lose
    title: Something to lose
    adopted: true
    when: {transit: [2], investment: [2]}
    text: >-
      The monitors write dull reports, which is what they are for. Each side owns a little of the other''s business, and
      whoever wants to close a valve hears first from his own accountants.
  - id: cold_compromise
    title: A cold compromise
    adopted: true
    when: {transit: [0, 1], investment: [0, 1]}
    text: >-
      Both sides gave a little and got a little. The telephone rings in time now when the pressure falls. It falls as
      before.
  - id: uneven_bargain
    title: An uneven bargain
    adopted: true
    text: >-
      A text was signed, and one of the two signatures was faster than the other. The first bill will show which.
  - id: cold_rooms
    title: Cold rooms
    adopted: false
    objective_cards: {at_least: 1}
    text: >-
      The gas came back after two weeks, without a treaty. Nobody is sure why, and so nobody is sure that it will next
      year.
  - id: as_every_winter
    title: As every winter
    adopted: false
    text: The winter was mild. Nothing was agreed, nothing broke, and the quarrel was put away with the coats.

fill_order: [SUP, BUY]
sources:
  - >-
    After Konstantin Kosachev, "Three Birds with One Stone?", Russia in Global Affairs, No. 1, January/March 2011
    (paragraphs P08, P40 and P61): one author''s view, from one side, in early 2011. The numbers are the designers''.

translations:
  ru:
    title: Зима
    summary: >-
      У поставщика газа и его покупателей есть десять минут, чтобы до наступления холодов договориться о цене, транзите
      и инвестициях. Сойтись посередине во всём не получится. Игра показывает, как проходит голосование и почему выгодно
      обменять одну статью на другую.
    aspects: {points: Очки}
    # Russian declines the names: `_dat` is the dative.
    names:
      supplier_country: {historical: Россия, invented: Орвания}
      european_union: {historical: Европейский союз, invented: Лаврийское сообщество}
      european_union_dat: {historical: Европейскому союзу, invented: Лаврийскому сообществу}
    roles:
      SUP:
        name: Поставщик ({supplier_country})
        initials: ПС
        public_brief: >-
          Вы продаёте газ {european_union_dat} по трубопроводам, которые проходят через третью страну. Следующее
          месторождение можно освоить, только если много лет продавать газ по цене, на которую можно рассчитывать. Вы
          хотели бы получить долю в бизнесе на другом конце трубы и не желаете без веских причин видеть на своих
          газопроводах чужих инспекторов.
        confidential_brief: >-
          Добро пожаловать. Ваш порог: {walk_away}. Вы подписываете текст, который даёт вам столько очков или больше; без
          текста вы остаётесь при них же. Главный выигрыш для вас — взаимное участие в капитале (+9). Цена газового хаба
          обходится дорого (−8 и ещё −3, если никто ничего не инвестирует). Наблюдатели и гарантированные поставки стоят
          вам 4 очка, но вместе с взаимным участием каждая сторона получает ещё 3: обеим есть что терять. Попробуйте
          обменять то, что нужнее всего вам, на то, что нужнее всего им.
      BUY:
        name: Покупатели ({european_union})
        initials: ПК
        public_brief: >-
          Вы покупаете газ для половины континента. За последние годы он дважды переставал поступать в январе из-за чужой
          ссоры. Вам нужны поставки, которые не зависят от чьих-либо настроений, и цена, которая следует за рынком, а не
          за нефтью. К иностранным владельцам в собственных сетях вы относитесь с осторожностью.
        confidential_brief: >-
          Добро пожаловать. Ваш порог: {walk_away}. Вы подписываете текст, который даёт вам столько очков или больше; без
          текста вы остаётесь при них же. Главный выигрыш для вас — наблюдатели и гарантированные поставки (+9), на
          втором месте цена газового хаба (+6). Взаимное участие в капитале обходится вам в 5 очков и ещё в 4, если
          транзит останется прежним; вместе с гарантированными поставками каждая сторона получает ещё 3. Если делить все
          разногласия пополам, вам не хватит одного очка. Попробуйте обменять то, что нужнее всего вам, на то, что нужнее
          всего им.
    issues:
      price:
        title: Цена
        options:
          - label: С привязкой к нефти
            article: Цена газа по-прежнему следует за ценой нефти.
          - label: Частично рыночная
            article: Часть газа продаётся по цене дня; цена остального газа по-прежнему следует за ценой нефти.
          - label: Цена газового хаба
            article: Весь газ продаётся по цене ближайшего газового хаба.
      transit:
        title: Транзит
        options:
          - label: Как сейчас
            article: Транзит осуществляется в соответствии с действующими контрактами.
          - label: Раннее предупреждение
            article: >-
              Стороны незамедлительно предупреждают друг друга о всяком перебое в поставках и сообщают, что им известно о
              его причине.
          - label: Наблюдатели и гарантированные поставки
            article: >-
              Страна транзита подписывает договор в качестве его стороны. На обоих концах её трубопроводов работают
              наблюдатели; на время рассмотрения спора согласованные поставки продолжаются.
      investment:
        title: Инвестиции
        options:
          - label: Без инвестиций
            article: Ни одна из сторон не вкладывает средства в сети другой стороны.
          - label: Доступ к хранилищам
            article: Поставщик вправе арендовать газохранилища вблизи покупателей и продавать газ из них.
          - label: Взаимное участие
            article: >-
              Каждая из сторон вправе владеть долей в месторождениях, трубопроводах и сбыте другой стороны; споры
              разрешаются в арбитраже.
    rules:
      G1_something_to_lose: При гарантированных поставках и взаимном участии каждой стороне есть что терять.
      G2_market_without_money: Рыночная цена без каких-либо инвестиций оставляет весь риск поставщику.
      G3_owners_without_flows: Иностранный владелец в доме и ничуть не более надёжный газ — плохая сделка.
    bodies:
      supplier_government:
        name: Правительство поставщика
        text: Поставщик подписывает то, что для него не хуже зимы без договора.
      council_of_buyers:
        name: Совет покупателей
        text: Покупатели подписывают то, что для них не хуже зимы без договора.
    phases:
      table:
        title: За столом
        text: Беседуйте, вносите тексты, меняйте их и голосуйте.
      news:
        title: Новости
        text: Что происходит за стенами зала, пока вы ведёте переговоры.
    cards:
      flow_stops:
        title: Газ не идёт
        text: Январь. На две недели в трубах падает давление. Стороны винят друг друга, а в комнатах холодно.
        effect: Бездействие стало менее удобным для обеих сторон, и прежде всего для покупателей.
    paths:
      trade: Доли в обмен на поставки
      halves: Всего по половине
    endings:
      something_to_lose:
        title: Есть что терять
        text: >-
          Наблюдатели пишут скучные отчёты: для этого они и нужны. Каждой стороне принадлежит кусочек чужого бизнеса, и
          тот, кто захочет перекрыть вентиль, первым делом услышит возражения собственных бухгалтеров.
      cold_compromise:
        title: Холодный компромисс
        text: >-
          Обе стороны немного уступили и немного получили. Теперь, когда давление падает, телефон звонит вовремя. Падает
          оно, как и прежде.
      uneven_bargain:
        title: Неравная сделка
        text: Текст подписан, причём одна из двух подписей появилась быстрее другой. Чья — покажет первый счёт.
      cold_rooms:
        title: Холодные комнаты
        text: >-
          Через две недели газ снова пошёл, хотя договора так и нет. Почему — никто точно не знает, а значит, никто не
          уверен, что так будет и через год.
      as_every_winter:
        title: Как каждую зиму
        text: Зима выдалась мягкой. Ни о чём не договорились, ничего не сломалось, и ссору убрали вместе с шубами.
    sources:
      - >-
        По статье Константина Косачёва «Three Birds with One Stone?» (Russia in Global Affairs, № 1, январь — март 2011
        года, абзацы P08, P40 и P61): взгляд одного автора, с одной стороны, в начале 2011 года. Числа придуманы
        составителями игры.
');
CREATE TABLE session (
	id TEXT NOT NULL, 
	facilitator BOOLEAN NOT NULL, 
	expires_at BIGINT NOT NULL, 
	CONSTRAINT pk_session PRIMARY KEY (id)
);
INSERT INTO "session" VALUES('d8cc7aed3851ac3338fcc15df3b6807b89125837f77a75b9ecb13ed2afe3b49f',1,1264896000000);
INSERT INTO "session" VALUES('5d6b091416885eaa91283321b69dc526fc42c97783e4cdfdff7a945e3be1f9ef',0,1264896000000);
INSERT INTO "session" VALUES('aa1f6f7084d4030e09f5542aa22e7947a81cec2966a251da748cfb501ace6ddc',0,1264896000000);
INSERT INTO "session" VALUES('254c714ad1de6ac2a58b995585803f03da548f8716b02db1911b214223532d26',1,1264896000000);
INSERT INTO "session" VALUES('04cf1e890f970fac4d4b4977d544278894fb3026b6319c32666966bf7717b219',0,1264896000000);
CREATE TABLE session_person (
	session_id TEXT NOT NULL, 
	table_id TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	CONSTRAINT pk_session_person PRIMARY KEY (session_id, table_id, person_id), 
	CONSTRAINT fk_session_person_session_id FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE, 
	CONSTRAINT fk_session_person_table_id FOREIGN KEY(table_id, person_id) REFERENCES person (table_id, id) ON DELETE CASCADE
);
INSERT INTO "session_person" VALUES('5d6b091416885eaa91283321b69dc526fc42c97783e4cdfdff7a945e3be1f9ef','t1','p1');
INSERT INTO "session_person" VALUES('aa1f6f7084d4030e09f5542aa22e7947a81cec2966a251da748cfb501ace6ddc','t1','p2');
INSERT INTO "session_person" VALUES('04cf1e890f970fac4d4b4977d544278894fb3026b6319c32666966bf7717b219','t2','p3');
CREATE TABLE tables (
	id TEXT NOT NULL, 
	code TEXT NOT NULL, 
	epoch TEXT NOT NULL, 
	title TEXT NOT NULL, 
	scenario TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	head INTEGER NOT NULL, 
	status TEXT NOT NULL, 
	next_due_at BIGINT, 
	created_at BIGINT NOT NULL, 
	CONSTRAINT pk_tables PRIMARY KEY (id), 
	CONSTRAINT uq_tables_code UNIQUE (code), 
	CONSTRAINT fk_tables_digest FOREIGN KEY(digest) REFERENCES ruleset (digest)
);
INSERT INTO "tables" VALUES('t1','22222222','epoch1','Winter','winter','cea0d576036c2b332185a809f7230ba8dd2ba9cc2bdc18f5fdd4dc81d064b371',19,'running',1262304020000,1262304000000);
INSERT INTO "tables" VALUES('t2','22222223','epoch2','Winter','winter','cea0d576036c2b332185a809f7230ba8dd2ba9cc2bdc18f5fdd4dc81d064b371',3,'lobby',NULL,1262304000000);
CREATE TABLE text (
	table_id TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	field TEXT NOT NULL, 
	body TEXT, 
	salt TEXT, 
	erased_at BIGINT, 
	CONSTRAINT pk_text PRIMARY KEY (table_id, seq, field), 
	CONSTRAINT fk_text_table_id FOREIGN KEY(table_id, seq) REFERENCES event (table_id, seq) ON DELETE CASCADE
);
INSERT INTO "text" VALUES('t1',11,'text','We can deliver, at a price.','salt1',NULL);
INSERT INTO "text" VALUES('t1',12,'text','At which one?','salt2',NULL);
CREATE TABLE ticket (
	hash TEXT NOT NULL, 
	session_id TEXT NOT NULL, 
	table_id TEXT NOT NULL, 
	viewer TEXT NOT NULL, 
	person_id TEXT, 
	expires_at BIGINT NOT NULL, 
	CONSTRAINT pk_ticket PRIMARY KEY (hash), 
	CONSTRAINT fk_ticket_session_id FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE, 
	CONSTRAINT fk_ticket_table_id FOREIGN KEY(table_id) REFERENCES tables (id) ON DELETE CASCADE
);
CREATE INDEX ix_tables_next_due_at ON tables (next_due_at);
CREATE INDEX ix_session_expires_at ON session (expires_at);
CREATE INDEX ix_session_person_person ON session_person (table_id, person_id);
COMMIT;
