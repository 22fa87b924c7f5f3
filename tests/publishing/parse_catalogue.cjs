// What Thorium's parser sees in a catalogue: titles, authors, and the types of what can be downloaded.
const { readFileSync } = require("node:fs");
const { DOMParser } = require("@xmldom/xmldom");
const { XML } = require("r2-utils-js/dist/es8-es2017/src/_utils/xml-js-mapper");
const { OPDS } = require("r2-opds-js/dist/es8-es2017/src/opds/opds1/opds");
const { convertOpds1ToOpds2 } = require("r2-opds-js/dist/es8-es2017/src/opds/converter");

const document = new DOMParser().parseFromString(readFileSync(process.argv[2], "utf8"), "text/xml");
const feed = convertOpds1ToOpds2(XML.deserialize(document, OPDS));
console.log(JSON.stringify(feed.Publications.map(({ Metadata, Links }) => ({
  title: Metadata.Title,
  authors: Metadata.Author.map(({ Name }) => Name),
  types: Links.filter(({ Rel }) => Rel.some((rel) => rel.includes("acquisition"))).map(({ TypeLink }) => TypeLink),
}))));
