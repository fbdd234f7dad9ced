// Lists what the demo shop's page hears of the survey in it.
for (const what of ["shown", "answered", "closed"]) {
  document.addEventListener(`nachklang:${what}`, () => {
    const line = document.createElement("li");
    line.textContent = `nachklang:${what}`;
    document.querySelector("[data-heard]").append(line);
  });
}
