import { useSyncExternalStore } from "react";
import type { Theme } from "./grid";

const dark = window.matchMedia("(prefers-color-scheme: dark)");

function listen(changed: () => void): () => void {
  dark.addEventListener("change", changed);
  return () => dark.removeEventListener("change", changed);
}

/** Perspective's theme for what the system asks for. The page's own colours follow it in style.css. */
export function useTheme(): Theme {
  return useSyncExternalStore(listen, () => (dark.matches ? "Pro Dark" : "Pro Light"));
}
