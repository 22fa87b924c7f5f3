// Plays a read-aloud page as a reading system does: the sound is put to the middle of each clip, and the text that the
// overlay names for that moment is lit up. Reports what was lit, how, and how loud the sound is in clips and between.
const report = (found) => fetch("/report", { method: "POST", body: JSON.stringify(found) });
addEventListener("unhandledrejection", ({ reason }) => report({ error: String(reason) }));
addEventListener("load", async () => {
  const page = document.querySelector("iframe").contentDocument;
  const audio = document.querySelector("audio");
  const seek = (time) => new Promise((done) => {
    audio.addEventListener("seeked", done, { once: true });
    audio.currentTime = time;
  });
  const file = await (await fetch(sound)).blob();
  audio.src = URL.createObjectURL(file);
  await new Promise((done) => audio.addEventListener("loadeddata", done, { once: true }));
  const decoded = await new OfflineAudioContext(1, 1, 44100).decodeAudioData(await file.arrayBuffer());
  const samples = decoded.getChannelData(0);
  const loudest = (from, to) => {
    let found = 0;
    for (let i = Math.floor(from * 44100); i < Math.min(samples.length, to * 44100); i += 1) {
      found = Math.max(found, Math.abs(samples[i]));
    }
    return found;
  };
  const lit = [];
  for (const { anchor, begin, end } of clips) {
    await seek((begin + end) / 2);
    const now = clips.filter((clip) => clip.begin <= audio.currentTime && audio.currentTime < clip.end);
    for (const clip of now) page.getElementById(clip.anchor).classList.add(active);
    const element = page.querySelector(`.${active}`);
    lit.push({
      anchor: element.id,
      text: element.textContent,
      background: page.defaultView.getComputedStyle(element).backgroundColor,
      loud: loudest(begin, end),
    });
    for (const clip of now) page.getElementById(clip.anchor).classList.remove(active);
  }
  const pauses = clips.slice(1).map(({ begin }, index) => loudest(clips[index].end + 0.03, begin - 0.03));
  await report({ lit, pauses });
});
