/**
 * Why this file exists: the names that Chromium has on its nodes, and the document here has not.
 * A sign says what each is: `.` a function, `*` an object, `-` anything else.
 * Written by scripts/chromium-names.mjs.
 */

export const nodeNames: Readonly<Record<string, readonly string[]>> = {
  Text: [
    '-assignedSlot',
  ],
  Document: [
    '-xmlEncoding -xmlVersion -xmlStandalone -designMode *anchors -all -onpointerlockchange -onpointerlockerror',
    '-wasDiscarded -prerendering *featurePolicy -webkitVisibilityState -webkitHidden -onbeforecopy -onbeforecut',
    '-onbeforepaste -onfreeze -onprerenderingchange -onresume -onsearch *timeline -fullscreenEnabled -fullscreen',
    '-onfullscreenchange -onfullscreenerror -webkitIsFullScreen -webkitCurrentFullScreenElement -webkitFullscreenEnabled',
    '-webkitFullscreenElement -onwebkitfullscreenchange -onwebkitfullscreenerror -rootElement -activeViewTransition',
    '-pictureInPictureEnabled -onbeforeinput -onbeforematch -onbeforetoggle -oncancel -onclose -oncommand',
    '-oncontentvisibilityautostatechange -oncontextlost -oncontextrestored -onformdata -onresize -onscrollend',
    '-onsecuritypolicyviolation -onslotchange -onwebkitanimationend -onwebkitanimationiteration -onwebkitanimationstart',
    '-onwebkittransitionend -onauxclick -ongotpointercapture -onlostpointercapture -onpointercancel -onpointerover',
    '-onpointerout -onpointerenter -onpointerleave -onselectstart -onselectionchange -onanimationcancel',
    '-onanimationiteration -onanimationstart -ontransitionrun -ontransitionstart -ontransitioncancel -onbeforexrselect',
    '-oncut *styleSheets -pointerLockElement -fullscreenElement *adoptedStyleSheets -pictureInPictureElement',
    '*customElementRegistry *fonts .captureEvents .caretPositionFromPoint .caretRangeFromPoint .clear',
    '.createCDATASection .createExpression .createNSResolver .createRange .elementFromPoint .elementsFromPoint .evaluate',
    '.execCommand .exitFullscreen .exitPictureInPicture .exitPointerLock .getAnimations .getSelection .hasStorageAccess',
    '.hasUnpartitionedCookieAccess .moveBefore .queryCommandEnabled .queryCommandIndeterm .queryCommandState',
    '.queryCommandSupported .queryCommandValue .releaseEvents .requestStorageAccess .startViewTransition',
    '.webkitCancelFullScreen .webkitExitFullscreen *fragmentDirective -onpointerrawupdate .browsingTopics',
    '.hasPrivateToken .hasRedemptionRecord -onscrollsnapchange -onscrollsnapchanging .ariaNotify',
  ],
  DocumentFragment: [
    '.getElementById .moveBefore',
  ],
  Element: [
    '-slot -shadowRoot *part -assignedSlot -scrollTop -scrollLeft -scrollWidth -scrollHeight -clientTop -clientLeft',
    '-clientWidth -clientHeight -onbeforecopy -onbeforecut -onbeforepaste -onsearch -elementTiming',
    '*customElementRegistry -onfullscreenchange -onfullscreenerror -onwebkitfullscreenchange -onwebkitfullscreenerror',
    '-activeViewTransition -role -ariaAtomic -ariaAutoComplete -ariaBusy -ariaBrailleLabel -ariaBrailleRoleDescription',
    '-ariaChecked -ariaColCount -ariaColIndex -ariaColSpan -ariaCurrent -ariaDescription -ariaDisabled -ariaExpanded',
    '-ariaHasPopup -ariaHidden -ariaInvalid -ariaKeyShortcuts -ariaLabel -ariaLevel -ariaLive -ariaModal -ariaMultiLine',
    '-ariaMultiSelectable -ariaOrientation -ariaPlaceholder -ariaPosInSet -ariaPressed -ariaReadOnly -ariaRelevant',
    '-ariaRequired -ariaRoleDescription -ariaRowCount -ariaRowIndex -ariaRowSpan -ariaSelected -ariaSetSize -ariaSort',
    '-ariaValueMax -ariaValueMin -ariaValueNow -ariaValueText .animate .attachShadow .checkVisibility .computedStyleMap',
    '.getAnimations .getBoundingClientRect .getClientRects .getHTML .hasPointerCapture .moveBefore',
    '.releasePointerCapture .requestFullscreen .requestPointerLock .scroll .scrollBy .scrollIntoView',
    '.scrollIntoViewIfNeeded .scrollTo .setHTMLUnsafe .setPointerCapture .startViewTransition .webkitMatchesSelector',
    '.webkitRequestFullScreen .webkitRequestFullscreen -currentCSSZoom -ariaColIndexText -ariaRowIndexText',
    '-ariaActionsElements -ariaActiveDescendantElement -ariaControlsElements -ariaDescribedByElements',
    '-ariaDetailsElements -ariaErrorMessageElements -ariaFlowToElements -ariaLabelledByElements .ariaNotify .pseudo',
    '.setHTML',
  ],
  HTMLElement: [
    '-inert -autocapitalize -editContext -contentEditable -isContentEditable -virtualKeyboardPolicy -offsetParent',
    '-offsetTop -offsetLeft -offsetWidth -offsetHeight -popover -outerText -writingSuggestions -onbeforeinput',
    '-onbeforematch -onbeforetoggle -oncancel -onclose -oncommand -oncontentvisibilityautostatechange -oncontextlost',
    '-oncontextrestored -onformdata -onresize -onscrollend -onsecuritypolicyviolation -onslotchange',
    '-onwebkitanimationend -onwebkitanimationiteration -onwebkitanimationstart -onwebkittransitionend -onauxclick',
    '-ongotpointercapture -onlostpointercapture -onpointercancel -onpointerover -onpointerout -onpointerenter',
    '-onpointerleave -onselectstart -onselectionchange -onanimationcancel -onanimationiteration -onanimationstart',
    '-ontransitionrun -ontransitionstart -ontransitioncancel -onbeforexrselect -oncut *attributeStyleMap',
    '.attachInternals .hidePopover .showPopover .togglePopover -autocorrect -onscrollsnapchange -onscrollsnapchanging',
    '*focusGroup -focusGroupStart -onpointerrawupdate',
  ],
  SVGElement: [
    '-ownerSVGElement -viewportElement -onabort -onbeforeinput -onbeforematch -onbeforetoggle -oncancel -oncanplay',
    '-oncanplaythrough -onclose -oncommand -oncontentvisibilityautostatechange -oncontextlost -oncontextrestored',
    '-oncuechange -ondragend -ondragenter -ondragleave -ondragover -ondragstart -ondurationchange -onemptied -onended',
    '-onformdata -oninvalid -onloadeddata -onloadedmetadata -onloadstart -onmousewheel -onpause -onplay -onplaying',
    '-onprogress -onratechange -onresize -onscrollend -onsecuritypolicyviolation -onseeked -onseeking -onselect',
    '-onslotchange -onstalled -onsuspend -ontimeupdate -onvolumechange -onwaiting -onwebkitanimationend',
    '-onwebkitanimationiteration -onwebkitanimationstart -onwebkittransitionend -onauxclick -ongotpointercapture',
    '-onlostpointercapture -onpointercancel -onpointerover -onpointerout -onpointerenter -onpointerleave -onselectstart',
    '-onselectionchange -onanimationcancel -onanimationiteration -onanimationstart -ontransitionrun -ontransitionstart',
    '-ontransitioncancel -onbeforexrselect -oncut -dataset -nonce -autofocus -tabIndex -attributeStyleMap .blur .focus',
    '-onscrollsnapchange -onscrollsnapchanging -focusGroup -focusGroupStart -onpointerrawupdate',
  ],
  DOMTokenList: [
    '.entries .keys .values .forEach .supports',
  ],
  NodeList: [
    '-length',
  ],
  HTMLAnchorElement: [
    '*relList -text -interestForElement -hrefTranslate -attributionSrc',
  ],
  HTMLButtonElement: [
    '-willValidate *validity -validationMessage *labels -popoverTargetElement -popoverTargetAction -commandForElement',
    '-command -interestForElement .checkValidity .reportValidity .setCustomValidity',
  ],
  HTMLCanvasElement: [
    '.captureStream .transferControlToOffscreen',
  ],
  HTMLDialogElement: [
    '-closedBy .requestClose',
  ],
  HTMLDetailsElement: [
    '-name',
  ],
  HTMLFormElement: [
    '-rel *relList -length .checkValidity .reportValidity .reset',
  ],
  HTMLIFrameElement: [
    '*sandbox -contentDocument -contentWindow -csp *featurePolicy .getSVGDocument -credentialless -privateToken',
    '-browsingTopics -adAuctionHeaders',
  ],
  HTMLImageElement: [
    '-naturalWidth -naturalHeight -complete -currentSrc -decoding -fetchPriority -x -y .decode -browsingTopics',
    '-attributionSrc',
  ],
  HTMLInputElement: [
    '-files -formAction -indeterminate -list -valueAsDate -valueAsNumber -willValidate *validity -validationMessage',
    '*labels -selectionStart -selectionEnd -selectionDirection -webkitdirectory -incremental -popoverTargetElement',
    '-popoverTargetAction .checkValidity .reportValidity .select .setCustomValidity .setRangeText .setSelectionRange',
    '.showPicker .stepDown .stepUp *webkitEntries .createValueRange',
  ],
  HTMLLabelElement: [
    '-control',
  ],
  HTMLLinkElement: [
    '-disabled *relList -as *sizes -fetchPriority -sheet *blocking',
  ],
  HTMLMediaElement: [
    '-error -currentSrc -networkState *buffered -readyState -seeking -currentTime -duration -paused -defaultPlaybackRate',
    '-playbackRate *played *seekable -ended -preservesPitch *controlsList -volume -muted *textTracks',
    '-webkitAudioDecodedByteCount -webkitVideoDecodedByteCount -onencrypted -onwaitingforkey -srcObject -NETWORK_EMPTY',
    '-NETWORK_IDLE -NETWORK_LOADING -NETWORK_NO_SOURCE -HAVE_NOTHING -HAVE_METADATA -HAVE_CURRENT_DATA -HAVE_FUTURE_DATA',
    '-HAVE_ENOUGH_DATA .addTextTrack .canPlayType .captureStream .load .pause .play -loading -sinkId *remote',
    '-disableRemotePlayback .setSinkId -mediaKeys .setMediaKeys',
  ],
  HTMLOptionElement: [
    '-selected',
  ],
  HTMLScriptElement: [
    '-noModule -fetchPriority -event -htmlFor *blocking -attributionSrc',
  ],
  HTMLSelectElement: [
    '-type -length *selectedOptions -selectedIndex -willValidate *validity -validationMessage *labels .add',
    '.checkValidity .item .namedItem .reportValidity .setCustomValidity .showPicker',
  ],
  HTMLStyleElement: [
    '-disabled -sheet *blocking',
  ],
  HTMLTableElement: [
    '-caption -tHead -tFoot *tBodies .createCaption .createTBody .createTFoot .createTHead .deleteCaption .deleteRow',
    '.deleteTFoot .deleteTHead .insertRow',
  ],
  HTMLTemplateElement: [
    '-shadowRootMode -shadowRootDelegatesFocus -shadowRootClonable -shadowRootSerializable',
    '-shadowRootCustomElementRegistry -shadowRootSlotAssignment -htmlFor -shadowRootReferenceTarget',
  ],
  HTMLTextAreaElement: [
    '-willValidate *validity -validationMessage *labels -selectionStart -selectionEnd -selectionDirection .checkValidity',
    '.reportValidity .select .setCustomValidity .setRangeText .setSelectionRange .createValueRange',
  ],
  HTMLVideoElement: [
    '-videoWidth -videoHeight -webkitDecodedFrameCount -webkitDroppedFrameCount -playsInline -onenterpictureinpicture',
    '-onleavepictureinpicture -disablePictureInPicture .cancelVideoFrameCallback .getVideoPlaybackQuality',
    '.requestPictureInPicture .requestVideoFrameCallback',
  ],
};
