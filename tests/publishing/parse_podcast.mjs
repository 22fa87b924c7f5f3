// What two parsers of podcasts see in a feed.
import { readFileSync } from "node:fs";
import partytime from "podcast-partytime";
import Parser from "rss-parser";

const xml = readFileSync(process.argv[2], "utf8");
const one = await partytime.parseFeed(xml);
const two = await new Parser().parseString(xml);
console.log(JSON.stringify({
  partytime: {
    guid: one.guid,
    items: one.items.map(({ guid, title, enclosure, podcastTranscripts, podcastChapters, podcastPeople, duration }) =>
      ({ guid, title, enclosure, podcastTranscripts, podcastChapters, podcastPeople, duration })),
  },
  rss: two.items.map(({ guid, title, enclosure }) => ({ guid, title, enclosure })),
}));
