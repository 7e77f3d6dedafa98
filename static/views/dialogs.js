import { html } from "../core/html.js";
import { t } from "../core/translate.js";
import { browsing, composing, helping, saying } from "../elements/asked.js";
import { Dialog } from "../elements/dialog.js";
import { HelpDialog } from "../elements/help_dialog.js";
import { MoreSheet } from "../elements/more_sheet.js";
import { NewPost } from "../elements/new_post.js";
import { WhereaboutsDialog } from "../elements/whereabouts_dialog.js";
import { groupOnScreen } from "../actions/group_on_screen.js";

/** The dialogs that can be opened from anywhere. */
export function Dialogs() {
  return html`
    ${browsing.value && html`<${MoreSheet} onClose=${() => { browsing.value = false; }} />`}
    ${composing.value && html`<${ComposeDialog} />`}
    ${saying.value && html`<${WhereaboutsDialog} onClose=${() => { saying.value = false; }} />`}
    ${helping.value && html`<${HelpDialog} onClose=${() => { helping.value = false; }} />`}
  `;
}

function ComposeDialog() {
  const close = () => {
    composing.value = false;
  };
  return html`
    <${Dialog} title=${t("composer.open")} onClose=${close} look="dialog--compose">
      <${NewPost} group=${groupOnScreen()} onSent=${close} onEscape=${close} focus open />
    <//>
  `;
}
