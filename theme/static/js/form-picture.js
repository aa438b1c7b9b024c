// Makes a large picture smaller before it is sent: a telephone's photograph weighs ten times what the site shows of it.

const MOST = 2000; // pixels on the longer side
const LIGHT = 1_000_000; // bytes; a lighter picture of fitting size is sent as it is
const QUALITY = 0.85;

const smaller = async (file) => {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, MOST / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size < LIGHT) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const type = file.type === "image/png" ? "image/webp" : "image/jpeg"; // drawings keep what is see-through
  const made = await new Promise((done) => canvas.toBlob(done, type, QUALITY));
  if (!made || made.size >= file.size) return file;
  const ending = { "image/webp": "webp", "image/jpeg": "jpg", "image/png": "png" }[made.type];
  return new File([made], `${file.name.replace(/\.[^.]*$/, "")}.${ending}`, { type: made.type });
};

const reduce = async (form, input) => {
  const [file] = input.files;
  if (!file) return;
  try {
    const made = await smaller(file);
    if (input.files[0] !== file || made === file) return;
    const list = new DataTransfer();
    list.items.add(made);
    input.files = list.files;
  } catch {
    // What the browser cannot draw, the server looks at and says what is wrong.
  }
};

export const start = (form, { target }) => {
  reduce(form, target);
  form.addEventListener("change", (event) => event.target.type === "file" && event.target !== target && reduce(form, event.target));
  target.addEventListener("change", () => reduce(form, target));
};
