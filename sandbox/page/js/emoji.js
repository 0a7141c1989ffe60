/** Pictures: the short names people type for the pictures they mean; what is not here is shown as it was written. */

import { h } from './dom.js';

const LIST = `
smile 😄 smiley 😃 grinning 😀 grin 😁 blush 😊 wink 😉 joy 😂 rofl 🤣 slightly_smiling_face 🙂 upside_down_face 🙃
thinking_face 🤔 neutral_face 😐 expressionless 😑 confused 😕 worried 😟 cry 😢 sob 😭 angry 😠 rage 😡 scream 😱
sweat_smile 😅 relieved 😌 heart_eyes 😍 sunglasses 😎 sleeping 😴 mask 😷 face_with_rolling_eyes 🙄 pray 🙏 wave 👋
clap 👏 raised_hands 🙌 muscle 💪 ok_hand 👌 thumbsup 👍 +1 👍 thumbsdown 👎 -1 👎 point_right 👉 point_left 👈
point_up ☝️ point_down 👇 raising_hand 🙋 eyes 👀 brain 🧠 heart ❤️ green_heart 💚 blue_heart 💙 yellow_heart 💛
broken_heart 💔 fire 🔥 sparkles ✨ star ⭐ tada 🎉 confetti_ball 🎊 trophy 🏆 rocket 🚀 boom 💥 zap ⚡ sunny ☀️
umbrella ☔ snowflake ❄️ rainbow 🌈 ocean 🌊 droplet 💧 swimmer 🏊 runner 🏃 weight_lifter 🏋️ bell 🔔 no_bell 🔕
mega 📣 loudspeaker 📢 speech_balloon 💬 thought_balloon 💭 envelope ✉️ email 📧 inbox_tray 📥 outbox_tray 📤
calendar 📅 date 📅 clock1 🕐 hourglass ⌛ hourglass_flowing_sand ⏳ alarm_clock ⏰ stopwatch ⏱️ watch ⌚
warning ⚠️ rotating_light 🚨 sos 🆘 no_entry ⛔ no_entry_sign 🚫 x ❌ heavy_check_mark ✔️ white_check_mark ✅
ballot_box_with_check ☑️ question ❓ exclamation ❗ bangbang ‼️ bulb 💡 mag 🔍 lock 🔒 unlock 🔓 key 🔑 hammer 🔨
wrench 🔧 gear ⚙️ link 🔗 pushpin 📌 round_pushpin 📍 paperclip 📎 scissors ✂️ memo 📝 pencil 📝 pencil2 ✏️ clipboard 📋
bar_chart 📊 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 newspaper 📰 book 📖 books 📚 label 🏷️
red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 white_circle ⚪
black_circle ⚫ large_green_square 🟩 large_red_square 🟥 arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️
arrows_counterclockwise 🔄 repeat 🔁 leftwards_arrow_with_hook ↩️ fast_forward ⏩ heavy_plus_sign ➕ heavy_minus_sign ➖
moneybag 💰 credit_card 💳 phone 📞 telephone_receiver 📞 iphone 📱 computer 💻 camera 📷 house 🏠 office 🏢
hospital 🏥 ambulance 🚑 fire_engine 🚒 shower 🚿 bathtub 🛁 toilet 🚽 broom 🧹 wheelchair ♿ baby 👶 bust_in_silhouette 👤
busts_in_silhouette 👥 handshake 🤝 crown 👑 coffee ☕ cake 🍰 gift 🎁 balloon 🎈 palm_tree 🌴 ring 💍 bride_with_veil 👰 100 💯
`;

const WORDS = LIST.trim().split(/\s+/);
const MAP = new Map();
for (let at = 0; at < WORDS.length; at += 2) MAP.set(WORDS[at], WORDS[at + 1]);

/** The picture for a short name, or null. */
export const emoji = (name) => MAP.get(String(name).split('::')[0]) ?? null;

/** Coloured circles carry meaning here (may be answered, may not), so they are drawn and look alike everywhere. */
const DOTS = { '🔴': 'red', '🟠': 'orange', '🟡': 'yellow', '🟢': 'green', '🔵': 'blue', '⚪': 'white', '⚫': 'black' };
const DOT = /(🔴|🟠|🟡|🟢|🔵|⚪️?|⚫️?)/u;

/** Text as nodes, with its coloured circles drawn. */
export function pictured(text) {
  return text.split(DOT).filter(Boolean).map((part) => {
    const colour = DOTS[[...part][0]];
    return colour ? h('span', { class: `dot dot-${colour}`, role: 'img', 'aria-label': `${colour} circle` }, part) : document.createTextNode(part);
  });
}
