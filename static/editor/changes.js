// What makes one document of another, in as few and as small steps as keep a cursor where it was.

/** Changes of `before` that make it `after`, the last one first: each `{from, to, slice}` for a transaction's `replace`. */
export function changesBetween(before, after) {
  const changes = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...alike(before, after), [before.childCount, after.childCount]]) {
    if (x - i === y - j) for (let k = 0; k < x - i; k += 1) changes.push(changeOfChild(before, i + k, after, j + k));
    else {
      const slice = after.slice(placeOf(after, j), placeOf(after, y));
      changes.push({ from: placeOf(before, i), to: placeOf(before, x), slice });
    }
    [i, j] = [x + 1, y + 1];
  }
  return changes.reverse();
}

function placeOf(doc, index) {
  let place = 0;
  for (let k = 0; k < index; k += 1) place += doc.child(k).nodeSize;
  return place;
}

// Of two that stand for each other only what differs is replaced, so that a cursor elsewhere in them stays.
function changeOfChild(before, index, after, other) {
  const [old, now] = [before.child(index), after.child(other)];
  const [from, start] = [placeOf(before, index), placeOf(after, other)];
  const first = old.sameMarkup(now) ? old.content.findDiffStart(now.content) : null;
  if (first === null) {
    return { from, to: from + old.nodeSize, slice: after.slice(start, start + now.nodeSize) };
  }
  let { a: to, b: end } = old.content.findDiffEnd(now.content);
  // "aa" and "aaa" are alike from both sides: the two must not overlap
  const overlap = first - Math.min(to, end);
  if (overlap > 0) [to, end] = [to + overlap, end + overlap];
  return { from: from + 1 + first, to: from + 1 + to, slice: after.slice(start + 1 + first, start + 1 + end) };
}

// Pairs of children that are the same: the longest row of them that is in order in both.
function alike(before, after) {
  const [n, m] = [before.childCount, after.childCount];
  const lengths = Array.from({ length: n + 1 }, () => new Uint16Array(m + 1));
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let j = m - 1; j >= 0; j -= 1) {
      const same = before.child(i).eq(after.child(j));
      lengths[i][j] = same ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < n && j < m; ) {
    if (before.child(i).eq(after.child(j))) pairs.push([i++, j++]);
    else if (lengths[i + 1][j] >= lengths[i][j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}
