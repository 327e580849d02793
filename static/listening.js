// Reads a sheet aloud with a voice that lies on this device, so that nothing of it goes out; where there is none, there
// is no button. Numbers of telephones are said figure by figure. It falls silent with a second press and with the way out.
const button = document.querySelector("[data-quiet]");
const speech = window.speechSynthesis;
const listen = button.textContent;

function voiceHere() {
  const language = document.documentElement.lang;
  return speech.getVoices().find((one) => one.localService && one.lang.toLowerCase().split(/[-_]/)[0] === language);
}

function wordsOf(element) {
  const copy = element.cloneNode(true);
  for (const phone of copy.querySelectorAll(".sheet-phone")) {
    phone.textContent = `${phone.textContent.split(" ").map((group) => [...group].join(" ")).join(", ")}, `;
  }
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function quiet() {
  speech.cancel();
  button.textContent = listen;
}

function read() {
  const voice = voiceHere();
  const said = [...document.querySelectorAll("article :is(h1, h2, li, p)")].map((one) => {
    const sentence = new SpeechSynthesisUtterance(wordsOf(one));
    sentence.voice = voice;
    sentence.lang = voice.lang;
    return sentence;
  });
  said.at(-1).addEventListener("end", quiet);
  button.textContent = button.dataset.quiet;
  said.forEach((sentence) => speech.speak(sentence));
}

if (speech) {
  const show = () => { button.hidden = !voiceHere(); };
  speech.addEventListener?.("voiceschanged", show);
  show();
  button.addEventListener("click", () => (button.textContent === listen ? read() : quiet()));
  window.addEventListener("pagehide", quiet);
}
