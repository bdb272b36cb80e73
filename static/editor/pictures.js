// What the server knows of pictures: keeping a new one, and where one is found.
//
//   POST picture=(file)
//     {"image": 7, "address": "/images/7/"}, or with status 400 {"error": "Why it is not taken."}

/** The pictures of a page, from the addresses that stand on an element around the editor; null where there are none. */
export function picturesFrom(element) {
  const { imagesUrl, imageUrl } = element.closest("[data-images-url]")?.dataset ?? {};
  return imagesUrl ? new Pictures(imagesUrl, imageUrl) : null;
}

class Pictures {
  /** `keepAt` is where a new one is sent, `findAt` the address of the picture 0. */
  constructor(keepAt, findAt) {
    this.keepAt = keepAt;
    this.findAt = findAt;
  }

  addressOf(image) {
    return /^[1-9]\d*$/.test(image) ? this.findAt.replace("/0/", `/${image}/`) : null;
  }

  /** Send a file; gives `{image}`, or `{error}` with the reason in words. */
  async keep(file) {
    const body = new FormData();
    body.set("picture", file);
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    try {
      const response = await fetch(this.keepAt, { method: "POST", body, headers });
      if (response.ok || response.status === 400) return await response.json();
      return { error: REASONS[response.status] ?? "The portal could not take the picture. Try again in a moment." };
    } catch {
      return { error: "The portal could not be reached. Check your connection, then try again." };
    }
  }
}

const REASONS = {
  401: "You have been signed out. Sign in, then add the picture again.",
  403: "You may no longer add pictures to this report.",
  413: "The picture is too large. Make it smaller, then try again.",
};
