import type { Client } from "@perspective-dev/client";
import type { HTMLPerspectiveViewerElement, ViewerConfigUpdate } from "@perspective-dev/viewer";
import { added } from "./columns";
import type { Feed } from "./feed";
import { formatsOf } from "./formats";

export type Theme = "Pro Light" | "Pro Dark";

/** The one Perspective viewer of the page. It shows one feed after another; calls are taken in their order. */
export class Grid {
  private readonly viewer: HTMLPerspectiveViewerElement;
  private readonly layouts = new Map<string, ViewerConfigUpdate>(); // what the user made of a channel's grid, by channel
  private line: Promise<unknown>;
  private theme: Theme = "Pro Light";
  private wanted: Feed | null = null;
  private shown: Feed | null = null;
  private tables = 0;

  constructor(
    host: HTMLElement,
    readonly client: Client,
  ) {
    this.viewer = document.createElement("perspective-viewer") as HTMLPerspectiveViewerElement;
    host.append(this.viewer);
    this.line = this.viewer.load(client);
  }

  newTableName(): string {
    return `t${++this.tables}`;
  }

  /** Opens the feed's table and turns to it; the one before is closed. A feed that is no longer wanted is passed over. */
  show(feed: Feed): Promise<void> {
    this.wanted = feed;
    return this.enqueue(async () => {
      if (this.wanted !== feed) {
        return;
      }
      await feed.open();
      const before = this.shown;
      if (before) {
        this.layouts.set(before.channel.name, (await this.viewer.save()) as ViewerConfigUpdate);
      }
      this.shown = feed;
      await this.viewer.restore(this.layoutOf(feed));
      await before?.close();
    });
  }

  /** Turns the grid, as the user has arranged it, to the feed's new table. */
  rebind(feed: Feed): Promise<void> {
    return this.enqueue(async () => {
      if (this.shown === feed) {
        const kept = (await this.viewer.save()) as ViewerConfigUpdate;
        const formats = { ...formatsOf(feed.types), ...kept.columns_config };
        await this.viewer.restore({ ...kept, columns_config: formats, table: feed.tableName });
      }
    });
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    void this.enqueue(() => (this.shown ? this.viewer.restore({ theme }) : Promise.resolve()));
  }

  private layoutOf(feed: Feed): ViewerConfigUpdate {
    const kept = this.layouts.get(feed.channel.name);
    const fresh: ViewerConfigUpdate = {
      plugin: "Datagrid",
      columns: feed.shown,
      sort: [[added.row, "desc"]],
      filter: [],
      group_by: [],
      split_by: [],
      expressions: {},
      aggregates: {},
      columns_config: formatsOf(feed.types),
    };
    return { ...fresh, ...kept, table: feed.tableName, theme: this.theme, title: feed.title };
  }

  private enqueue<T>(step: () => Promise<T>): Promise<T> {
    const result = this.line.then(step);
    this.line = result.catch(() => undefined); // who waits for the step hears of it; the next one goes on
    return result;
  }
}
