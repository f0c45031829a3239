// The page asks the sandbox every second what it holds, and draws it. Whatever comes from there becomes text nodes, values of
// fixed attributes, or parts of a fragment of the page's own address: never markup, never an address of somewhere else.
'use strict';

const every = 1000;
const shownRequests = 300;
const shownRows = 400;

const state = {
  world: null, tag: '', requests: [], last: 0, drawn: false, filter: '', changes: false, announced: '', announcedAt: 0,
};

// h describes an element. Children are texts, elements, or lists of them; empty ones are left out.
function h(tag, attributes, ...children) {
  const kept = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== '' && child !== false);
  return { tag, attributes: attributes || {}, children: kept };
}

// patch makes the children of an element what the list says. It keeps the elements that are there, so that focus, scrolling
// and what is open stay.
function patch(parent, wanted) {
  const keyed = new Map();
  for (const child of parent.children) {
    if (child.dataset.key !== undefined) keyed.set(child.dataset.key, child);
  }

  let place = parent.firstChild;
  for (const want of wanted) {
    let node = null;
    if (typeof want === 'string') {
      node = place && place.nodeType === Node.TEXT_NODE ? place : document.createTextNode('');
      if (node.data !== want) node.data = want;
    } else {
      const key = want.attributes['data-key'];
      if (key !== undefined) node = keyed.get(String(key)) || null;
      else if (place && place.nodeType === Node.ELEMENT_NODE && place.dataset.key === undefined) node = place;
      if (node && node.tagName.toLowerCase() !== want.tag) node = null;
      if (!node) {
        node = document.createElement(want.tag);
        if (state.drawn && want.attributes['data-new'] !== undefined) node.classList.add('fresh');
      }
      dress(node, want.attributes);
      patch(node, want.children);
    }

    if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
  }

  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

// dress sets attributes. Their names are all written in this file.
function dress(node, attributes) {
  for (const name of node.getAttributeNames()) {
    if (attributes[name] === undefined && name !== 'open' && name !== 'class') node.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name === 'class') {
      const fresh = node.classList.contains('fresh') ? ' fresh' : '';
      if (node.className !== value + fresh) node.className = value + fresh;
    } else if (name === 'value') {
      if (node.value !== value && document.activeElement !== node) node.value = value;
    } else if (node.getAttribute(name) !== String(value)) {
      node.setAttribute(name, String(value));
    }
  }
}

// The address after # names what is shown: platform, account, section, and the conversation.
function route() {
  const parts = location.hash.replace(/^#\/?/, '').split('/').map((part) => {
    try { return decodeURIComponent(part); } catch { return part; }
  });
  return { platform: parts[0] || '', account: parts[1] || '', section: parts[2] || '', id: parts[3] || '' };
}

function link(...parts) {
  return '#/' + parts.map(encodeURIComponent).join('/');
}

const tones = {
  open: 'good', queued: 'warn', picked: 'good', pending: 'warn', snoozed: 'warn', onhold: 'warn', initial: 'warn', waiting: 'warn',
  spam: 'bad', deleted: 'bad', blocked: 'bad', deactivated: 'bad', inactive: 'bad', published: 'good', draft: 'warn',
};

function status(word) {
  return word && h('span', { class: 'status', 'data-tone': tones[word] || 'plain' }, word);
}

function chips(words) {
  return words && words.length > 0 && h('ul', { class: 'chips', 'aria-label': 'Labels' }, words.map((word) => h('li', { class: 'chip' }, word)));
}

function facts(list) {
  return list && list.length > 0 && h('dl', { class: 'facts' }, list.map((fact) => [h('dt', {}, fact.name), h('dd', {}, fact.value)]));
}

function time(text) {
  const at = new Date(text);
  if (!text || Number.isNaN(at.getTime())) return null;
  return h('time', { datetime: at.toISOString(), title: at.toISOString() }, at.toLocaleTimeString());
}

function fits(...texts) {
  const wanted = state.filter.trim().toLowerCase();
  return wanted === '' || texts.some((text) => (text || '').toLowerCase().includes(wanted));
}

function some(rows, draw) {
  const shown = rows.slice(0, shownRows).map(draw);
  if (rows.length > shownRows) shown.push(h('li', { class: 'empty' }, `${rows.length - shownRows} more: use the filter.`));
  return shown;
}

// Parts of rich messages

function shownPicture(address) {
  return address && h('div', { class: 'shown' }, 'Picture: ' + address);
}

const painters = {
  card: (part) => h('div', { class: 'card' }, shownPicture(part.picture), h('div', { class: 'inside' },
    part.title && h('div', { class: 'name' }, part.title), part.text && h('div', { class: 'text' }, part.text), parts(part.parts))),
  row: (part) => h('div', { class: 'row' }, part.title && h('div', { class: 'name' }, part.title),
    part.text && h('div', { class: 'soft' }, part.text), part.picture && h('div', { class: 'soft' }, 'Picture: ' + part.picture)),
  button: (part) => h('div', { class: 'button' }, h('span', { class: 'unseen' }, 'Button: '), part.title, part.text && h('span', { class: 'soft' }, part.text)),
  field: (part) => h('div', { class: 'field' }, h('div', {}, part.title), part.parts ? parts(part.parts) : h('div', { class: 'box' }, part.text)),
  option: (part) => h('div', { class: 'option' }, part.title),
  file: (part) => h('div', { class: 'file' }, h('div', { class: 'name' }, h('span', { class: 'unseen' }, 'File: '), h('span', { 'aria-hidden': 'true' }, '📎 '), part.title),
    part.text && h('div', { class: 'soft' }, part.text)),
  picture: (part) => h('div', { class: 'picture' }, shownPicture(part.text), part.title && h('div', { class: 'caption' }, part.title)),
  text: (part) => h('div', { class: 'text' }, part.text),
};

function parts(list) {
  if (!list || list.length === 0) return null;
  const inLine = list.every((part) => part.kind === 'button' || part.kind === 'option');
  return h('div', { class: inLine ? 'parts in-line' : 'parts' }, list.map((part) => (painters[part.kind] || painters.text)(part)));
}

function message(m) {
  const who = [m.sender, m.private && 'private note', m.kind, time(m.time)].filter(Boolean);
  return h('li', {
    class: 'message', 'data-key': m.id, 'data-side': m.side, 'data-private': m.private ? '' : undefined, 'data-deleted': m.deleted ? '' : undefined, 'data-new': '',
  }, who.length > 0 && h('div', { class: 'who' }, who.map((word) => h('span', {}, word))),
  h('div', { class: 'bubble' }, m.deleted ? h('div', { class: 'text' }, 'Deleted') : m.text && h('div', { class: 'text' }, m.text), parts(m.parts)));
}

// Sections

function conversations(platform, account, at) {
  const all = (account.conversations || []).filter((c) => fits(c.id, c.name, c.status, c.assignee, ...(c.labels || [])));
  const open = (account.conversations || []).find((c) => c.id === at.id);
  const items = some([...all].reverse(), (c) => {
    const last = c.messages && c.messages[c.messages.length - 1];
    return h('li', { 'data-key': c.id, 'data-new': '' }, h('a', {
      href: link(platform.name, account.id, 'conversations', c.id), 'aria-current': open === c ? 'true' : undefined,
    },
    h('div', { class: 'line' }, h('span', { class: 'name' }, c.name || c.id), status(c.status)),
    h('div', { class: 'soft cut' }, last ? last.text || last.kind || 'No text' : 'No messages'),
    h('div', { class: 'soft cut' }, c.assignee ? 'Assigned to ' + c.assignee : 'Not assigned'), chips(c.labels)));
  });

  return h('div', { class: 'split', 'data-open': open ? '' : undefined },
    h('ul', { class: 'list', 'aria-label': 'Conversations' }, items.length > 0 ? items : h('li', { class: 'empty' }, 'No conversations here.')),
    h('section', { class: 'thread', 'aria-label': 'Conversation' }, open ? thread(platform, account, open) : h('p', { class: 'empty' }, 'Choose a conversation.')));
}

function thread(platform, account, c) {
  return [h('div', { class: 'about' }, h('a', { class: 'back', href: link(platform.name, account.id, 'conversations') }, '← All conversations'),
    h('div', { class: 'line' }, h('h2', {}, c.name || c.id), status(c.status)), chips(c.labels),
    facts([{ name: 'Id', value: c.id }, { name: 'Assignee', value: c.assignee || 'none' }, ...(c.facts || [])])),
  h('ol', { class: 'messages', 'aria-label': 'Messages' }, (c.messages || []).map(message)),
  !(c.messages && c.messages.length) && h('p', { class: 'empty' }, 'No messages.')];
}

function people(platform, account) {
  const found = (account.people || []).filter((p) => fits(p.id, p.name, p.role, ...(p.labels || []), ...(p.facts || []).map((f) => f.value)));
  return h('div', { class: 'page' }, h('ul', { class: 'grid', 'aria-label': 'People' }, some(found, (p) => h('li', { class: 'box-card', 'data-key': p.role + ' ' + p.id, 'data-new': '' },
    h('div', { class: 'line' }, h('h3', {}, p.name || p.id), status(p.state)), h('p', { class: 'soft' }, p.role),
    chips(p.labels), facts([{ name: 'Id', value: p.id }, ...(p.facts || [])])))), found.length === 0 && h('p', { class: 'empty' }, 'No people here.'));
}

function settings(platform, account) {
  return h('div', { class: 'page' }, (account.settings || []).map((table) => h('div', { class: 'table', 'data-key': table.title, tabindex: '0', role: 'region', 'aria-label': table.title }, h('table', {},
    h('caption', {}, `${table.title} (${table.rows ? table.rows.length : 0})`),
    h('thead', {}, h('tr', {}, table.columns.map((column) => h('th', { scope: 'col' }, column)))),
    h('tbody', {}, (table.rows || []).filter((row) => fits(...row)).slice(0, shownRows).map((row) => h('tr', { 'data-key': row[0] + ' ' + row[1], 'data-new': '' }, row.map((cell) => h('td', {}, cell)))))))));
}

function help(platform, account) {
  return h('div', { class: 'page' }, (account.help_centers || []).map((center) => h('section', { class: 'box-card', 'data-key': center.name, 'data-new': '' },
    h('h3', {}, center.name), facts(center.facts), h('ul', { class: 'articles' }, (center.articles || []).filter((a) => fits(a.title, a.text, a.category)).map((a) => h('li', { 'data-key': a.id, 'data-new': '' },
      h('details', {}, h('summary', {}, h('span', { class: 'name' }, a.title), ' ', status(a.status), ' ', h('span', { class: 'soft' }, [a.category, a.locale].filter(Boolean).join(', '))),
        h('div', { class: 'article' }, a.text))))))));
}

const sections = {
  conversations: { title: 'Conversations', draw: conversations, count: (a) => (a.conversations || []).length },
  people: { title: 'People', draw: people, count: (a) => (a.people || []).length },
  settings: { title: 'Settings', draw: settings, count: (a) => (a.settings || []).reduce((sum, table) => sum + (table.rows || []).length, 0) },
  help: { title: 'Help center', draw: help, count: (a) => (a.help_centers || []).length },
};

// The whole page

function tabs(entries) {
  return [h('ul', { class: 'links' }, entries.map(([title, href, current]) => h('li', { 'data-key': title.replace(/ \d+$/, '') }, h('a', { href, 'aria-current': current ? 'page' : undefined }, title))))];
}

function draw() {
  if (!state.world) return;

  const at = route();
  const platforms = state.world.platforms;
  const platform = platforms.find((p) => p.name === at.platform) || platforms[0];
  const requests = at.platform === 'requests';
  document.body.dataset.view = requests ? 'requests' : 'platform';
  patch(document.getElementById('platforms'), tabs([
    ...platforms.map((p) => [p.title, link(p.name), !requests && p === platform]), ['Requests', link('requests'), requests],
  ]));

  const account = platform.accounts.find((a) => a.id === at.account) || platform.accounts[0];
  const section = sections[at.section] || sections.conversations;
  const offered = Object.entries(sections).filter(([name]) => name !== 'help' || platform.accounts.some((a) => a.help_centers));
  document.title = requests ? 'Requests - Sandbox' : `${section.title} - ${platform.title} - Sandbox`;

  const before = document.querySelector('.thread');
  const atEnd = before && before.scrollTop > 0 && before.scrollTop + before.clientHeight > before.scrollHeight - 40;
  patch(document.getElementById('main'), [
    h('div', { class: 'bar', 'data-key': 'bar' },
      h('h2', { class: 'unseen' }, `${platform.title}: ${section.title}`),
      h('nav', { 'aria-label': 'Sections' }, tabs(offered.map(([name, s]) => [`${s.title} ${s.count(account)}`, link(platform.name, account.id, name), s === section]))),
      platform.accounts.length > 1 && h('nav', { 'data-key': 'accounts', class: 'accounts', 'aria-label': 'Accounts' }, tabs(platform.accounts.map((a) => [a.name, link(platform.name, a.id, at.section || 'conversations'), a === account]))),
      h('label', { 'data-key': 'filter' }, 'Filter', h('input', { type: 'search', id: 'filter', value: state.filter }))),
    h('div', { 'data-key': [platform.name, account.id, section.title].join(' '), class: 'split-holder' }, section.draw(platform, account, at)),
  ]);
  const after = document.querySelector('.thread');
  if (atEnd && state.drawn && after === before) after.scrollTop = after.scrollHeight; // One who reads the end goes on reading it.
  drawRequests();
  state.drawn = true;
}

// breakable lets a path go on in the next line after each slash.
function breakable(path) {
  return path.split('/').flatMap((part, i) => (i === 0 ? [part] : ['/', h('wbr'), part]));
}

function drawRequests() {
  const shown = state.requests.filter((r) => !state.changes || !r.read).slice(-shownRequests).reverse();
  patch(document.getElementById('requests'), shown.length === 0 ? [h('li', { class: 'empty' }, 'No requests yet.')] : shown.map((r) => {
    const bad = r.status >= 400 || r.fault || r.complaint;
    const query = Object.entries(r.query || {}).flatMap(([name, values]) => values.map((value) => `${name}=${value}`)).join('&');
    const notes = [r.fault && 'Fault: ' + r.fault, r.complaint && 'Complaint: ' + r.complaint].filter(Boolean);
    return h('li', { 'data-key': r.number, 'data-new': '' }, h('details', {},
      h('summary', {}, h('span', { class: 'verb', 'data-changes': r.read ? undefined : '' }, r.method), h('span', { class: 'path' }, breakable(r.path), query && '?' + query),
        h('span', { class: 'status', 'data-tone': bad ? 'bad' : 'good' }, String(r.status)), h('span', { class: 'when' }, `${r.number}. ${r.platform}, `, time(r.time))),
      h('pre', {}, [...notes, r.body === undefined ? 'No body.' : JSON.stringify(r.body, null, 2)].join('\n'))));
  }));
}

// announce tells a screen reader in a sentence what changed, and not more often than it can say it.
function announce() {
  const counts = state.world.platforms.map((p) => `${p.title}: ${p.accounts.reduce((sum, a) => sum + (a.conversations || []).length, 0)} conversations, ` +
    `${p.accounts.reduce((sum, a) => sum + (a.people || []).length, 0)} people`).join('; ');
  if (counts === state.announced || Date.now() - state.announcedAt < 5 * every) return;

  state.announced = counts;
  state.announcedAt = Date.now();
  document.getElementById('announcement').textContent = counts;
}

function connection(name, text) {
  const shown = document.getElementById('connection');
  if (shown.dataset.state !== name) shown.dataset.state = name;
  if (shown.textContent !== text) shown.textContent = text;
}

async function ask() {
  const answer = await fetch('/_sandbox/world', { headers: state.tag ? { 'If-None-Match': state.tag } : {}, cache: 'no-store' });
  let changed = false;
  if (answer.status === 200) {
    state.world = await answer.json();
    state.tag = answer.headers.get('ETag') || '';
    changed = true;
  } else if (answer.status !== 304) {
    throw new Error(`HTTP ${answer.status}`);
  }

  const stats = await (await fetch('/_sandbox/stats', { cache: 'no-store' })).json();
  if (stats.requests < state.last) { // A reset.
    state.requests = [];
    state.last = 0;
    changed = true;
  }
  if (stats.requests > state.last) {
    const after = Math.max(state.last, stats.requests - shownRequests);
    const more = await (await fetch(`/_sandbox/journal?after=${after}`, { cache: 'no-store' })).json() || [];
    state.requests = [...state.requests, ...more].slice(-10 * shownRequests);
    state.last = more.length > 0 ? more[more.length - 1].number : state.last;
    changed = true;
  }

  return changed;
}

async function live() {
  try {
    const changed = await ask();
    connection('live', 'Live');
    if (changed) draw();
    announce();
  } catch {
    connection('lost', 'The sandbox does not answer');
  }
  setTimeout(live, every);
}

addEventListener('hashchange', () => {
  if (location.hash === '#main') return;
  state.drawn = false; // What is shown now is not new.
  draw();
  const thread = document.querySelector('.split[data-open] .thread h2');
  if (thread && getComputedStyle(document.querySelector('.list')).display === 'none') document.getElementById('main').focus();
});

addEventListener('input', (event) => {
  if (event.target.id === 'filter') state.filter = event.target.value;
  if (event.target.id === 'changes') state.changes = event.target.checked;
  state.drawn = false;
  draw();
});

live();
