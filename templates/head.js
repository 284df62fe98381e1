try { const chosen = localStorage.getItem("fencepost-colours"); if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen } catch {}
